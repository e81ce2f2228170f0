package rft.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.prompt.ChatTemplateException;
import rft.prompt.Tokens;
import rft.rollout.LoadedModel;

/** Turns what a request says into the tokens that the model sees. */
record Prompts(LoadedModel model) {
  private static final int MOST_MESSAGES = 2_000;
  private static final String TEXTS =
      "a text, a list of texts, a list of token ids, or a list of such lists";

  /**
   * A conversation as tokens.
   *
   * @param tokens up to where the assistant speaks
   * @param messages how many there are
   */
  record Conversation(Tokens tokens, int messages) {}

  /**
   * Reads {@code messages}.
   *
   * @throws ApiException if they are no conversation
   */
  Conversation conversation(Fields fields) {
    List<Message> messages = messages(fields);
    JsonNodeFactory json = JsonNodeFactory.instance;
    try {
      Task task = new Task("chat", messages, json.nullNode(), json.objectNode());
      return new Conversation(model.prompt(task).tokens(), messages.size());
    } catch (ChatTemplateException e) {
      throw ApiException.invalid("messages", String.valueOf(e.getMessage()));
    }
  }

  private static List<Message> messages(Fields fields) {
    String what = "a list of messages, each with a role and content";
    JsonNode list = fields.required("messages", what);
    if (!list.isArray() || list.isEmpty() || list.size() > MOST_MESSAGES) {
      throw fields.wrong("messages", list, what + ", from 1 to " + MOST_MESSAGES);
    }
    List<Message> messages = new ArrayList<>();
    for (Fields one : Fields.each("messages", list)) {
      messages.add(message(one));
    }
    return messages;
  }

  private static Message message(Fields one) {
    String role = one.text("role", "system, user or assistant");
    String content = content(one);
    one.refuse("tool_calls", List.of("[]"), "models answer with text only");
    one.refuse("function_call", List.of(), "models answer with text only");
    one.refuseOthers(Set.of("name", "refusal", "annotations", "audio", "reasoning_content"));
    return switch (role) {
      case "system", "developer" -> Message.system(content);
      case "user" -> Message.user(content);
      case "assistant" -> Message.assistant(content);
      default ->
          throw ApiException.invalid(
              one.name("role"),
              "%s (\"%s\") must be system, developer, user or assistant"
                  .formatted(one.name("role"), Fields.shown(role)));
    };
  }

  private static String content(Fields one) {
    String what = "a text, or a list of parts of the type text";
    JsonNode content = one.required("content", what);
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      throw one.wrong("content", content, what);
    }
    StringBuilder text = new StringBuilder();
    for (Fields part : Fields.each(one.name("content"), content)) {
      String type = part.text("type", "text");
      if (!type.equals("text")) {
        throw ApiException.unsupported(
            part.name("type"),
            "%s (%s) is not supported: only text is"
                .formatted(part.name("type"), Fields.shown(type)));
      }
      text.append(part.text("text", "a text"));
      part.refuseOthers(Set.of());
    }
    return text.toString();
  }

  /**
   * Reads {@code prompt}.
   *
   * @throws ApiException if it is neither text nor tokens, or has no token
   */
  List<int[]> texts(Fields fields) {
    JsonNode prompt = fields.required("prompt", TEXTS);
    List<int[]> prompts = new ArrayList<>();
    boolean several =
        prompt.isArray()
            && !prompt.isEmpty()
            && (prompt.get(0).isTextual() || prompt.get(0).isArray());
    if (several) {
      if (prompt.size() > AskReader.MOST_CHOICES) {
        throw ApiException.invalid(
            "prompt",
            "prompt has %d parts, more than %d".formatted(prompt.size(), AskReader.MOST_CHOICES));
      }
      prompt.forEach(one -> prompts.add(tokens(fields, "prompt", one)));
    } else {
      prompts.add(tokens(fields, "prompt", prompt));
    }
    return prompts;
  }

  /** Returns the tokens of a text, or those that are given as numbers. */
  int[] tokens(Fields fields, String field, JsonNode given) {
    int[] tokens;
    if (given.isTextual()) {
      tokens = model.tokenizer().encode(given.textValue()).toArray();
    } else if (given.isArray()) {
      tokens = ids(fields, field, given);
    } else {
      throw fields.wrong(field, given, TEXTS);
    }
    if (tokens.length == 0) {
      throw ApiException.invalid(field, field + " has no token: a model needs one to go on from");
    }
    return tokens;
  }

  /** Returns token ids, each of them in the vocabulary. */
  int[] ids(Fields fields, String field, JsonNode given) {
    int vocabulary = Math.min(model.tokenizer().vocabulary(), model.policy().config().vocabulary());
    int[] ids = new int[given.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = given.get(i);
      if (!id.isInt() || id.intValue() < 0 || id.intValue() >= vocabulary) {
        throw fields.wrong(field + "[" + i + "]", id, "a token id from 0 to " + (vocabulary - 1));
      }
      ids[i] = id.intValue();
    }
    return ids;
  }
}
