package rft.web;

/**
 * Which paths of a request are let in: plain segments, in which an escape stands for one printable
 * ASCII character that has no meaning in a path. So no handler ever sees {@code ..}, a backslash, a
 * NUL or an escape that decodes to another escape.
 */
final class PathShape {
  private static final String PLAIN = "-._~!$&'()*+,=:@/";
  private static final String NEVER_ESCAPED = "/\\.%;?#";
  private static final int HEX = 16;

  private PathShape() {}

  static boolean isGood(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        if (!isGoodEscape(path, i)) {
          return false;
        }
        i += 2;
      } else if (!isLetterOrDigit(c) && PLAIN.indexOf(c) < 0) {
        return false;
      }
    }
    return !path.contains("//") && !(path + "/").contains("/./") && !(path + "/").contains("/../");
  }

  private static boolean isGoodEscape(String path, int at) {
    if (at + 2 >= path.length()) {
      return false;
    }
    int high = Character.digit(path.charAt(at + 1), HEX);
    int low = Character.digit(path.charAt(at + 2), HEX);
    int decoded = high * HEX + low;
    return high >= 0
        && low >= 0
        && decoded >= ' '
        && decoded < 0x7F
        && NEVER_ESCAPED.indexOf(decoded) < 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
