package rft.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A model that says what it is told to, and keeps what it was asked. */
final class RecordingModel implements ChatModel {
  static final double COST = 0.002;

  private final List<ChatRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile Function<String, String> answers = question -> "";
  private volatile ChatException failure;
  private volatile long millis;

  void answer(String reply) {
    answers = question -> reply;
  }

  /** Answers by the user's message. */
  void answer(Function<String, String> byQuestion) {
    answers = byQuestion;
  }

  void fail(ChatException with) {
    failure = with;
  }

  void waits(long forMillis) {
    millis = forMillis;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public ChatReply ask(ChatRequest request) throws ChatException, InterruptedException {
    requests.add(request);
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      Thread.sleep(millis);
      if (failure != null) {
        throw failure;
      }
      String reply = answers.apply(request.messages().get(1).content());
      return new ChatReply(reply, "stop", "recording", new ChatReply.Usage(10, 5, 0, COST));
    } finally {
      now.decrementAndGet();
    }
  }

  int asked() {
    return requests.size();
  }

  int mostAtOnce() {
    return most.get();
  }

  ChatRequest lastRequest() {
    return requests.get(requests.size() - 1);
  }

  String lastUser() {
    return lastRequest().messages().get(1).content();
  }

  String lastSystem() {
    return lastRequest().messages().get(0).content();
  }
}
