package rft.grader;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import rft.judge.ChatEndpoint;
import rft.judge.ChatException;
import rft.judge.ChatModel;
import rft.judge.ChatReply;
import rft.judge.ChatRequest;
import rft.judge.HttpChatModel;
import rft.judge.JudgeSettings;
import rft.reward.Failure;

/**
 * The models that stand in for those that graders name. {@code RFT_GRADER_MODELS} lists them, as in
 * {@code o4-mini-2025-04-16=qwen3-8b, *=tiny-chat@http://127.0.0.1:8000/v1}; {@code *} is any
 * other. A name without an address is one at the judge's endpoint. Where none is listed the judge's
 * model stands in for all, and where that is not set either, the grader's own name is asked for
 * there.
 */
final class StandInModels {
  static final String VARIABLE = "RFT_GRADER_MODELS";

  private StandInModels() {}

  static Function<String, ChatModel> of(Map<String, String> environment) {
    Map<String, String> listed = listed(environment.getOrDefault(VARIABLE, ""));
    return name -> {
      String other = listed.getOrDefault(name, listed.getOrDefault("*", ""));
      if (other.isEmpty()) {
        boolean set = !environment.getOrDefault(JudgeSettings.MODEL, "").isBlank();
        return JudgeSettings.current().model(set ? null : name);
      }
      int at = other.indexOf("@http");
      return at < 0 ? JudgeSettings.current().model(other) : elsewhere(other, at);
    };
  }

  /** An address in the list gets no key: the judge's belongs to the judge's endpoint. */
  private static ChatModel elsewhere(String text, int at) {
    try {
      return new HttpChatModel(
          ChatEndpoint.of(text.substring(at + 1), text.substring(0, at), null));
    } catch (IllegalArgumentException e) {
      return new NoModel(text, VARIABLE + ": " + e.getMessage());
    }
  }

  private static Map<String, String> listed(String text) {
    Map<String, String> listed = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        listed.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return listed;
  }

  /** Answers every question with what is wrong with its setting. */
  private record NoModel(String name, String reason) implements ChatModel {
    @Override
    public ChatReply ask(ChatRequest request) throws ChatException {
      throw new ChatException(Failure.Kind.SERVICE, reason);
    }
  }
}
