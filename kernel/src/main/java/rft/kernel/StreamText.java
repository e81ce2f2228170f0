package rft.kernel;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a cell printed and was not yet sent: text in the order of printing, neighbours of one stream
 * joined. Bytes of a character that is not complete wait for the rest. Not safe for threads.
 */
final class StreamText {
  /** The two streams, as the protocol names them. */
  enum Stream {
    STDOUT("stdout"),
    STDERR("stderr");

    private final String label;

    Stream(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** A stretch of one stream. */
  record Piece(Stream stream, String text) {}

  private static final class Growing {
    final Stream stream;
    final StringBuilder text = new StringBuilder();

    Growing(Stream stream) {
      this.stream = stream;
    }
  }

  private final long limit;
  private final Map<Stream, CharsetDecoder> decoders = new EnumMap<>(Stream.class);
  private final Map<Stream, byte[]> halves = new EnumMap<>(Stream.class);
  private List<Growing> pieces = new ArrayList<>();
  private int waiting;
  private long total;

  /**
   * @param limit characters that one cell may print; the rest is dropped with a note
   */
  StreamText(long limit) {
    this.limit = limit;
  }

  /** Takes what was written. */
  void add(Stream stream, byte[] bytes, int offset, int length) {
    byte[] half = halves.remove(stream);
    ByteBuffer in;
    if (half == null) {
      in = ByteBuffer.wrap(bytes, offset, length);
    } else {
      in = ByteBuffer.allocate(half.length + length).put(half).put(bytes, offset, length).flip();
    }
    append(stream, decode(stream, in, false));
    if (in.hasRemaining()) {
      byte[] rest = new byte[in.remaining()];
      in.get(rest);
      halves.put(stream, rest);
    }
  }

  private CharBuffer decode(Stream stream, ByteBuffer in, boolean end) {
    CharsetDecoder decoder =
        decoders.computeIfAbsent(
            stream,
            s ->
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE));
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    CoderResult result = decoder.reset().decode(in, out, end);
    if (result.isOverflow()) {
      throw new IllegalStateException("UTF-8 has no more characters than bytes");
    }
    return out.flip();
  }

  private void append(Stream stream, CharSequence text) {
    if (text.length() == 0 || total > limit) {
      return;
    }
    total += text.length();
    if (total > limit) {
      int fits = (int) (text.length() - (total - limit));
      grow(stream, text.subSequence(0, Math.max(0, fits)));
      grow(
          Stream.STDERR,
          "\n[This cell printed more than "
              + limit
              + " characters; the rest is not shown. Write it to a file instead.]\n");
      return;
    }
    grow(stream, text);
  }

  private void grow(Stream stream, CharSequence text) {
    Growing last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
    if (last == null || last.stream != stream) {
      last = new Growing(stream);
      pieces.add(last);
    }
    last.text.append(text);
    waiting += text.length();
  }

  /** Returns how many characters wait to be sent. */
  int waiting() {
    return waiting;
  }

  /** Ends both streams: the bytes of half a character become the sign for a damaged one. */
  void finish() {
    for (Stream stream : Stream.values()) {
      byte[] half = halves.remove(stream);
      if (half != null) {
        append(stream, decode(stream, ByteBuffer.wrap(half), true));
      }
    }
  }

  /** Returns what waits, and forgets it. */
  List<Piece> take() {
    List<Piece> taken =
        pieces.stream()
            .filter(each -> each.text.length() > 0)
            .map(each -> new Piece(each.stream, each.text.toString()))
            .toList();
    pieces = new ArrayList<>();
    waiting = 0;
    return taken;
  }
}
