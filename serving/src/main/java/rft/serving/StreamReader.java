package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends answers as they come, a chunk for what is new in one of them. */
final class StreamReader implements Answer.Reader {
  private final Ask ask;
  private final AnswerJson json;
  private final TokenEvents events;
  private final int[] sent; // characters by answer

  /** Opens the stream: a first chunk for every answer, with its role or what it echoes. */
  StreamReader(HttpServletResponse response, Ask ask, AnswerJson json, List<Echo> echoes)
      throws IOException {
    this.ask = ask;
    this.json = json;
    this.events = new TokenEvents(response);
    this.sent = new int[echoes.size()];
    for (int i = 0; i < sent.length; i++) {
      Echo echo = echoes.get(i);
      sent[i] = echo.text().length();
      if (ask.chat() || ask.echo()) {
        ObjectNode logProbs = ask.echo() ? json.logProbs(echo.tokens(), List.of(), 0) : null;
        ObjectNode first = json.part(i, echo.text(), logProbs, List.of(), null, true);
        if (i == 0) {
          json.promptIds(first);
        }
        events.send(first);
      }
    }
  }

  @Override
  public void more(
      int choice, TextStream.Piece piece, List<Integer> ids, Generation.@Nullable Finish finish)
      throws IOException {
    boolean news = !piece.isEmpty() || (ask.tokenIds() && !ids.isEmpty());
    if (news) {
      ObjectNode logProbs = json.logProbs(List.of(), piece.tokens(), sent[choice]);
      events.send(json.part(choice, piece.text(), logProbs, ids, null, false));
      sent[choice] += piece.text().length();
    }
    if (finish != null) {
      events.send(json.part(choice, "", null, List.of(), finish, false));
    }
  }

  @Override
  public void nothingNew() throws IOException {
    events.signOfLife();
  }

  /** Ends the stream. */
  void end(int drawn) throws IOException {
    if (ask.delivery() == Ask.Delivery.STREAM_WITH_USAGE) {
      ObjectNode last = json.frame();
      json.usage(last, drawn);
      events.send(last);
    }
    events.done();
  }

  /** Ends the stream with what went wrong. */
  void fail(ObjectNode error) throws IOException {
    events.send(error);
  }
}
