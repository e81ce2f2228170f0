package rft.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.policy.DrawnToken;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;

/**
 * Turns the tokens of one answer into text as they come. Text is held back while a character is
 * incomplete, or while it may be the beginning of a text that stops the answer.
 */
final class TextStream {
  private static final char BROKEN = '\uFFFD';

  private final TextTokenizer tokenizer;
  private final List<String> stops;
  private final int longestStop;
  private final List<Integer> ids = new ArrayList<>();
  private final Deque<Placed> unsent = new ArrayDeque<>();
  private final StringBuilder held = new StringBuilder();
  private int from; // where the decoded window begins, so that decoding stays linear
  private int read; // tokens whose text is out of the window
  private int decoded; // characters so far
  private boolean stopped;

  /**
   * @param stops texts that end the answer and are not part of it
   */
  TextStream(TextTokenizer tokenizer, List<String> stops) {
    this.tokenizer = tokenizer;
    this.stops = stops;
    this.longestStop = stops.stream().mapToInt(String::length).max().orElse(0);
  }

  /** A token with where its text begins and ends. */
  private record Placed(DrawnToken token, int start, int end) {}

  /**
   * Text that is certain.
   *
   * @param text may be empty
   * @param tokens those whose text is out whole
   */
  record Piece(String text, List<DrawnToken> tokens) {
    Piece {
      tokens = List.copyOf(tokens);
    }

    boolean isEmpty() {
      return text.isEmpty() && tokens.isEmpty();
    }
  }

  /** Returns whether a text that stops the answer came. */
  boolean isStopped() {
    return stopped;
  }

  /** Takes one more token; what comes after a stop is ignored. */
  Piece add(DrawnToken token) {
    if (stopped) {
      return new Piece("", List.of());
    }
    ids.add(token.id());
    String before = decode(from, read);
    String now = decode(from, ids.size());
    boolean whole = now.isEmpty() || now.charAt(now.length() - 1) != BROKEN;
    String more = "";
    if (whole && now.startsWith(before)) {
      more = now.substring(before.length());
      from = read;
      read = ids.size();
    }
    return release(token, more, false);
  }

  /** Returns what is left when no more tokens come. */
  Piece end() {
    if (stopped) {
      return new Piece("", List.of());
    }
    String before = decode(from, read);
    String now = decode(from, ids.size());
    String more = now.startsWith(before) ? now.substring(before.length()) : "";
    return release(null, more, true);
  }

  private Piece release(@Nullable DrawnToken token, String more, boolean last) {
    held.append(more);
    int start = decoded;
    decoded += more.length();
    if (token != null) {
      unsent.add(new Placed(token, start, decoded));
    }
    int cut = stopAt();
    stopped = cut >= 0;
    int out = stopped ? cut : last ? held.length() : held.length() - possibleStop();
    int released = decoded - held.length() + out;
    String text = held.substring(0, out);
    held.delete(0, stopped ? held.length() : out);
    List<DrawnToken> tokens = new ArrayList<>();
    while (!unsent.isEmpty() && isOut(unsent.element(), released)) {
      tokens.add(unsent.remove().token());
    }
    return new Piece(text, tokens);
  }

  /** A token is out with its last character; one that a stop cuts in two still counts. */
  private boolean isOut(Placed token, int released) {
    return stopped ? token.start() < released : token.end() <= released;
  }

  /** Returns where in the held text the first stop begins, or -1. */
  private int stopAt() {
    int first = -1;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      first = at >= 0 && (first < 0 || at < first) ? at : first;
    }
    return first;
  }

  /** Returns how many characters at the end of the held text may be the beginning of a stop. */
  private int possibleStop() {
    for (int length = Math.min(longestStop, held.length()); length > 0; length--) {
      String end = held.substring(held.length() - length);
      if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
        return length;
      }
    }
    return 0;
  }

  private String decode(int start, int end) {
    int[] window = ids.subList(start, end).stream().mapToInt(Integer::intValue).toArray();
    return tokenizer.decode(Tokens.of(window));
  }
}
