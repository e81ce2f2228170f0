package rft.judge;

import org.jspecify.annotations.Nullable;
import rft.reward.Failure;

/**
 * A model that says what was written down for it, so that the examples of a reward that asks a
 * model are tests without one. See {@link JudgeSettings#with(ChatModel,
 * java.util.function.Supplier)}.
 */
public final class QuotedModel implements ChatModel {
  private volatile @Nullable String reply;

  /** Makes a model that has nothing to say yet. */
  public QuotedModel() {}

  /** Answers everything from now on with these words; null for no answer at all. */
  public void says(@Nullable String words) {
    reply = words;
  }

  @Override
  public String name() {
    return "quoted";
  }

  @Override
  public ChatReply ask(ChatRequest request) throws ChatException {
    String words = reply;
    if (words == null) {
      throw new ChatException(
          Failure.Kind.SERVICE, "the example does not say what the judge answers: give \"judge\"");
    }
    return new ChatReply(words, "stop", name(), ChatReply.Usage.NONE);
  }
}
