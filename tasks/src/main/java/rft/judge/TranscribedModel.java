package rft.judge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model of which every question and reply is kept, to be shown. */
public final class TranscribedModel implements ChatModel {
  private final ChatModel model;
  private final List<Exchange> exchanges = new ArrayList<>();

  /** Makes a model that asks another one. */
  public TranscribedModel(ChatModel model) {
    this.model = model;
  }

  /**
   * One question.
   *
   * @param request what was sent
   * @param reply the answer's text; null if there was none
   * @param error why there was none; null if there was one
   */
  public record Exchange(ChatRequest request, @Nullable String reply, @Nullable String error) {}

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ChatReply ask(ChatRequest request) throws ChatException, InterruptedException {
    try {
      ChatReply reply = model.ask(request);
      add(new Exchange(request, reply.text(), null));
      return reply;
    } catch (ChatException e) {
      add(new Exchange(request, null, e.getMessage()));
      throw e;
    }
  }

  private synchronized void add(Exchange exchange) {
    exchanges.add(exchange);
  }

  /** Returns what was asked so far, in the order in which it was answered. */
  public synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }
}
