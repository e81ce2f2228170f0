package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.policy.DrawnToken;

/**
 * Collects answers and sends them as one JSON object. While they are drawn it sends spaces, which
 * JSON allows before an object: there is no other way to hear that a client went away.
 */
final class WholeReader implements Answer.Reader {
  private static final int QUIET_SIGNS = 1;

  private final HttpServletResponse response;
  private final AnswerJson json;
  private final List<Collected> collected = new ArrayList<>();
  private int signs;

  /**
   * @param echoes for each answer what stands before it
   */
  WholeReader(HttpServletResponse response, AnswerJson json, List<Echo> echoes) {
    this.response = response;
    this.json = json;
    echoes.forEach(echo -> collected.add(new Collected(echo)));
  }

  /** One answer so far. */
  private static final class Collected {
    private final Echo echo;
    private final StringBuilder text;
    private final List<DrawnToken> tokens = new ArrayList<>();
    private final List<Integer> ids = new ArrayList<>();
    private Generation.Finish finish = Generation.Finish.LENGTH;

    Collected(Echo echo) {
      this.echo = echo;
      this.text = new StringBuilder(echo.text());
    }
  }

  @Override
  public void more(
      int choice, TextStream.Piece piece, List<Integer> ids, Generation.@Nullable Finish finish) {
    Collected one = collected.get(choice);
    one.text.append(piece.text());
    one.tokens.addAll(piece.tokens());
    one.ids.addAll(ids);
    if (finish != null) {
      one.finish = finish;
    }
  }

  @Override
  public void nothingNew() throws IOException {
    if (++signs > QUIET_SIGNS) {
      response.setContentType("application/json");
      response.getOutputStream().write(' ');
      response.flushBuffer();
    }
  }

  /** Sends all of it. */
  void send(int drawn) throws IOException {
    ObjectNode whole = json.frame();
    for (int i = 0; i < collected.size(); i++) {
      Collected one = collected.get(i);
      ObjectNode logProbs = json.logProbs(one.echo.tokens(), one.tokens, 0);
      json.whole(whole, i, one.text.toString(), logProbs, one.ids, one.finish);
    }
    json.usage(whole, drawn);
    json.promptIds(whole);
    response.setContentType("application/json");
    response.getOutputStream().write(whole.toString().getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
