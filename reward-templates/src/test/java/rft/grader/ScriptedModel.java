package rft.grader;

import java.util.ArrayList;
import java.util.List;
import rft.judge.ChatException;
import rft.judge.ChatModel;
import rft.judge.ChatReply;
import rft.judge.ChatRequest;
import rft.reward.Failure;

/** A model that says what it is told to, and remembers what it was asked. */
final class ScriptedModel implements ChatModel {
  final List<ChatRequest> asked = new ArrayList<>();
  private final String answer;
  private final Failure.Kind fails;

  private ScriptedModel(String answer, Failure.Kind fails) {
    this.answer = answer;
    this.fails = fails;
  }

  static ScriptedModel saying(String answer) {
    return new ScriptedModel(answer, null);
  }

  static ScriptedModel failing(Failure.Kind kind) {
    return new ScriptedModel("", kind);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public synchronized ChatReply ask(ChatRequest request) throws ChatException {
    asked.add(request);
    if (fails != null) {
      throw new ChatException(fails, "told to fail");
    }
    return new ChatReply(answer, "stop", "scripted", new ChatReply.Usage(19, 4, 2, 0.5));
  }
}
