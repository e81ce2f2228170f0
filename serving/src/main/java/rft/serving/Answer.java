package rft.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.policy.DrawnToken;
import rft.prompt.TextTokenizer;

/**
 * Follows a generation to its end and tells a reader what is certain as soon as it is. For the
 * thread of the request.
 */
final class Answer {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

  private final TextTokenizer tokenizer;
  private final Ask ask;
  private final Reader reader;
  private int drawn;
  private long lastSign = System.nanoTime();

  Answer(TextTokenizer tokenizer, Ask ask, Reader reader) {
    this.tokenizer = tokenizer;
    this.ask = ask;
    this.reader = reader;
  }

  /** Who gets the answers. An {@link IOException} means that it went away. */
  interface Reader {
    /**
     * Takes more of one answer.
     *
     * @param ids of the tokens drawn since, the end token included
     * @param finish why it ended; null while it goes on
     */
    void more(
        int choice, TextStream.Piece piece, List<Integer> ids, Generation.@Nullable Finish finish)
        throws IOException;

    /** Hears that there is nothing new, and finds out whether anybody still listens. */
    void nothingNew() throws IOException;
  }

  /** Returns how many tokens were drawn for answers, end tokens included. */
  int drawn() {
    return drawn;
  }

  /**
   * Returns when all answers have ended.
   *
   * @throws IOException if the reader went away
   * @throws ApiException if the server ends
   * @throws IllegalStateException if the engine failed
   */
  void follow(Generation generation) throws IOException, InterruptedException {
    List<TextStream> texts = new ArrayList<>();
    for (int i = 0; i < generation.choices().size(); i++) {
      texts.add(new TextStream(tokenizer, ask.stops()));
    }
    for (int open = texts.size(); open > 0; ) {
      Generation.Event event = generation.next(SIGN_OF_LIFE);
      lookAfter(event == null);
      if (event == null) {
        continue;
      }
      Throwable failure = event.failure();
      if (failure instanceof ApiException known) {
        throw known;
      }
      if (failure != null) {
        throw new IllegalStateException("the engine failed: " + failure.getMessage(), failure);
      }
      TextStream text = texts.get(event.choice());
      if (!text.isStopped() && take(event, text, generation)) {
        open--;
      }
    }
  }

  /** An answer that is sent whole must look for its reader while parts of it come, too. */
  private void lookAfter(boolean quiet) throws IOException {
    long now = System.nanoTime();
    if (quiet || (!ask.stream() && now - lastSign > SIGN_OF_LIFE.toNanos())) {
      reader.nothingNew();
      lastSign = now;
    }
  }

  /** Returns whether the answer ended with this. */
  private boolean take(Generation.Event event, TextStream text, Generation generation)
      throws IOException {
    StringBuilder more = new StringBuilder();
    List<DrawnToken> tokens = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    Generation.Finish finish = event.finish();
    int count = event.tokens().size();
    for (int i = 0; i < count && !text.isStopped(); i++) {
      DrawnToken token = event.tokens().get(i);
      ids.add(token.id());
      drawn++;
      if (finish == Generation.Finish.STOP && i == count - 1) {
        break; // an end token is no text
      }
      add(text.add(token), more, tokens);
    }
    if (text.isStopped()) {
      finish = Generation.Finish.STOP;
      generation.drop(event.choice());
    } else if (finish != null) {
      add(text.end(), more, tokens);
      finish = text.isStopped() ? Generation.Finish.STOP : finish;
    }
    reader.more(event.choice(), new TextStream.Piece(more.toString(), tokens), ids, finish);
    return finish != null;
  }

  private static void add(TextStream.Piece piece, StringBuilder text, List<DrawnToken> tokens) {
    text.append(piece.text());
    tokens.addAll(piece.tokens());
  }
}
