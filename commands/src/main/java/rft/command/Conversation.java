package rft.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.prompt.PromptSet;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.Rollout;

/** What was said to one model, and what it answered. */
final class Conversation {
  private final LoadedModel loaded;
  private final LocalRolloutSource.Draw draw;
  private final Progress progress;
  private final List<Message> history = new ArrayList<>();

  /**
   * @param draw how answers are drawn, one at a time
   * @param system the system message; null if there is none
   * @param progress may ask to stop
   */
  Conversation(
      LoadedModel loaded,
      LocalRolloutSource.Draw draw,
      @Nullable String system,
      Progress progress) {
    this.loaded = loaded;
    this.draw = draw;
    this.progress = progress;
    if (system != null) {
      history.add(Message.system(system));
    }
  }

  /**
   * Returns the answer to a message, which only {@link #keep} makes a part of the conversation.
   *
   * @throws CommandException if the context has no room for it
   */
  Chat.Reply answer(String message) {
    List<Message> asked = new ArrayList<>(history);
    asked.add(Message.user(message));
    JsonNodeFactory json = JsonNodeFactory.instance;
    Task task = new Task("chat", asked, json.nullNode(), json.objectNode());
    PromptSet prompts = loaded.prompts(List.of(task), draw.settings().maxNewTokens());
    if (prompts.kept().isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "the conversation has %d tokens, the context leaves room for %d: say less or lower --max-new-tokens"
              .formatted(prompts.tooLong().get(0).tokens(), prompts.tooLong().get(0).limit()));
    }
    long start = System.nanoTime();
    Rollout answer =
        loaded
            .rollouts(draw, progress::stopRequested)
            .sample(prompts.kept(), asked.size())
            .get(0)
            .rollouts()
            .get(0);
    return new Chat.Reply(
        answer.completion().text(),
        answer.tokens().length(),
        (System.nanoTime() - start) / 1e9,
        answer.completion().finishReason().jsonName());
  }

  void keep(String message, Chat.Reply reply) {
    history.add(Message.user(message));
    history.add(Message.assistant(reply.text()));
  }
}
