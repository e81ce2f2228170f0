package rft.web;

import org.jspecify.annotations.Nullable;

/**
 * Everything about a server but what it serves.
 *
 * @param address where it listens
 * @param token what opens it
 * @param page whether a browser may trade a one-time code for a cookie; without, every request
 *     needs the token
 * @param audit where requests that change something are written down, or null for nowhere
 * @param errors how it says what went wrong
 * @param frameAncestors who may show a page of it in a frame, as the header {@code
 *     Content-Security-Policy} names them, for example {@code 'none'} or {@code 'self'}
 */
public record ServerSettings(
    ServerAddress address,
    AccessToken token,
    boolean page,
    @Nullable AuditLog audit,
    ErrorFormat errors,
    String frameAncestors) {
  public ServerSettings {
    if (!frameAncestors.matches("[A-Za-z0-9':/.* \\[\\]-]+")) {
      throw new IllegalArgumentException(
          "frameAncestors (" + frameAncestors + ") must be 'none', 'self' or addresses");
    }
  }

  /** Returns those of a server that pages and programs use. */
  public static ServerSettings forPages(ServerAddress address, AccessToken token, AuditLog audit) {
    return new ServerSettings(address, token, true, audit, ErrorFormat.PLAIN, "'none'");
  }

  /** Returns those of a server that only programs use, with the token in each request. */
  public static ServerSettings forPrograms(ServerAddress address, AccessToken token) {
    return new ServerSettings(address, token, false, null, ErrorFormat.PLAIN, "'none'");
  }

  /** Returns these with another way to say what went wrong. */
  public ServerSettings withErrors(ErrorFormat other) {
    return new ServerSettings(address, token, page, audit, other, frameAncestors);
  }

  /** Returns these with others who may show a page in a frame. */
  public ServerSettings withFrameAncestors(String others) {
    return new ServerSettings(address, token, page, audit, errors, others);
  }
}
