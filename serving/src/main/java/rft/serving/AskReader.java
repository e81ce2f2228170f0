package rft.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.policy.LiveRow;
import rft.rollout.LoadedModel;

/** Reads the bodies of requests; what they ask for is checked here, and nowhere later. */
final class AskReader {
  static final int MOST_CHOICES = 64;
  static final int MOST_TOP = 20;
  private static final int MOST_STOPS = 16;
  private static final int MOST_STOP_LENGTH = 1_000;
  private static final int DEFAULT_TEXT_TOKENS = 16;
  private static final SecureRandom SEEDS = new SecureRandom();

  /** Fields that change nothing about an answer here. */
  private static final Set<String> IGNORED =
      Set.of(
          "metadata",
          "parallel_tool_calls",
          "prompt_cache_key",
          "prompt_cache_retention",
          "safety_identifier",
          "service_tier",
          "store",
          "user");

  private final int context;
  private final int vocabulary;
  private final Prompts prompts;

  AskReader(LoadedModel model) {
    this.context = model.policy().config().maxPositions();
    this.vocabulary = model.tokenizer().vocabulary();
    this.prompts = new Prompts(model);
  }

  /**
   * Returns what the body of a chat request asks for.
   *
   * @throws ApiException if it cannot be answered, naming the field and what it may be
   */
  Ask chat(byte[] body) {
    Fields fields = Fields.of(body);
    String model = fields.text("model", "the id of a model, see GET /v1/models");
    Prompts.Conversation conversation = prompts.conversation(fields);
    boolean logProbs = fields.flag("logprobs", false);
    Integer top = topLogProbs(fields, logProbs);
    Ask.Draw draw = draw(fields, context, conversation.messages());
    refuseWhatIsNotDone(fields);
    Ask ask =
        new Ask(
            true,
            model,
            List.of(conversation.tokens().toArray()),
            fields.whole("n", 1, 1, MOST_CHOICES),
            draw,
            stops(fields),
            !logProbs ? LiveRow.NO_LOG_PROBS : top == null ? 0 : top,
            false,
            fields.flag("return_token_ids", false),
            delivery(fields));
    fields.refuseOthers(IGNORED);
    return fitting(ask, "messages");
  }

  private static @Nullable Integer topLogProbs(Fields fields, boolean logProbs) {
    Long top = fields.whole("top_logprobs", 0, MOST_TOP);
    if (top != null && top > 0 && !logProbs) {
      throw ApiException.invalid("top_logprobs", "top_logprobs needs logprobs to be true");
    }
    return top == null ? null : top.intValue();
  }

  /** Returns what the body of a text request asks for. */
  Ask text(byte[] body) {
    Fields fields = Fields.of(body);
    String model = fields.text("model", "the id of a model, see GET /v1/models");
    List<int[]> texts = prompts.texts(fields);
    boolean echo = fields.flag("echo", false);
    Long top = fields.whole("logprobs", 0, MOST_TOP);
    Ask.Draw draw = draw(fields, DEFAULT_TEXT_TOKENS, 0);
    refuseWhatIsNotDone(fields);
    fields.refuse("suffix", List.of("\"\""), "a text goes on at its end only");
    fields.refuse("best_of", List.of("1"), "ask for n answers and choose");
    int choices = fields.whole("n", 1, 1, MOST_CHOICES);
    if ((long) choices * texts.size() > MOST_CHOICES) {
      throw ApiException.invalid(
          "n",
          "n (%d) times %d prompts is more than %d".formatted(choices, texts.size(), MOST_CHOICES));
    }
    if (draw.maxNewTokens() == 0 && !echo) {
      throw ApiException.invalid("max_tokens", "max_tokens (0) must be at least 1 without echo");
    }
    Ask ask =
        new Ask(
            false,
            model,
            texts,
            choices,
            draw,
            stops(fields),
            top == null ? LiveRow.NO_LOG_PROBS : top.intValue(),
            echo,
            fields.flag("return_token_ids", false),
            delivery(fields));
    fields.refuseOthers(IGNORED);
    return fitting(ask, "prompt");
  }

  private Ask fitting(Ask ask, String field) {
    int needed = Math.min(1, ask.draw().maxNewTokens());
    for (int[] prompt : ask.prompts()) {
      if (prompt.length + needed > context) {
        throw ApiException.tooLong(
            field,
            "%s has %d tokens and the context of the model %d, the answer included: shorten it"
                .formatted(field, prompt.length, context));
      }
    }
    return ask;
  }

  private Ask.Draw draw(Fields fields, int otherwise, int step) {
    int least = step == 0 ? 0 : 1;
    Long older = fields.whole("max_tokens", least, Long.MAX_VALUE);
    Long newer = step == 0 ? null : fields.whole("max_completion_tokens", least, Long.MAX_VALUE);
    if (older != null && newer != null && !older.equals(newer)) {
      throw ApiException.invalid(
          "max_completion_tokens",
          "max_completion_tokens ("
              + newer
              + ") and max_tokens ("
              + older
              + ") disagree: give one");
    }
    Long most = newer == null ? older : newer;
    Long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    double topP = fields.number("top_p", 1, 0, 1);
    if (topP == 0) {
      throw ApiException.invalid("top_p", "top_p (0) must be above 0; temperature 0 is greedy");
    }
    return new Ask.Draw(
        most == null ? otherwise : (int) Math.min(most, context),
        fields.number("temperature", 1, 0, 2),
        topP,
        fields.whole("top_k", 0, 0, vocabulary),
        seed == null ? SEEDS.nextInt(Integer.MAX_VALUE) : seed,
        step,
        fields.flag("ignore_eos", false));
  }

  private static List<String> stops(Fields fields) {
    JsonNode value = fields.any("stop");
    if (value == null) {
      return List.of();
    }
    List<JsonNode> given = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(given::add);
    } else {
      given.add(value);
    }
    String what = "a text, or a list of at most " + MOST_STOPS + " texts, none of them empty";
    List<String> stops = new ArrayList<>();
    for (JsonNode one : given) {
      if (!one.isTextual() || one.textValue().isEmpty()) {
        throw fields.wrong("stop", value, what);
      }
      if (one.textValue().length() > MOST_STOP_LENGTH) {
        throw ApiException.invalid(
            "stop", "stop has a text of more than " + MOST_STOP_LENGTH + " characters");
      }
      stops.add(one.textValue());
    }
    if (stops.size() > MOST_STOPS) {
      throw fields.wrong("stop", value, what);
    }
    return stops;
  }

  private static Ask.Delivery delivery(Fields fields) {
    boolean stream = fields.flag("stream", false);
    Fields options = fields.inner("stream_options");
    boolean usage = false;
    if (options != null) {
      if (!stream) {
        throw ApiException.invalid("stream_options", "stream_options needs stream to be true");
      }
      usage = options.flag("include_usage", false);
      options.refuseOthers(Set.of("include_obfuscation"));
    }
    return usage
        ? Ask.Delivery.STREAM_WITH_USAGE
        : stream ? Ask.Delivery.STREAM : Ask.Delivery.WHOLE;
  }

  /** Refuses what would change an answer if it were done: leaving it out would be a lie. */
  private static void refuseWhatIsNotDone(Fields fields) {
    List<String> zero = List.of("0", "0.0");
    fields.refuse("frequency_penalty", zero, "log-probs would not be the model's own; leave it 0");
    fields.refuse("presence_penalty", zero, "log-probs would not be the model's own; leave it 0");
    fields.refuse("logit_bias", List.of("{}"), "log-probs would not be the model's own");
    String tools = "models answer with text only";
    fields.refuse("tools", List.of("[]"), tools);
    fields.refuse("tool_choice", List.of("\"none\"", "\"auto\""), tools);
    fields.refuse("functions", List.of("[]"), tools);
    fields.refuse("function_call", List.of("\"none\"", "\"auto\""), tools);
    fields.refuse("modalities", List.of("[\"text\"]"), tools);
    fields.refuse("audio", List.of(), tools);
    fields.refuse("prediction", List.of(), "every token is drawn");
    fields.refuse("reasoning_effort", List.of("\"none\""), "no model here thinks apart");
    fields.refuse("web_search_options", List.of(), "nothing here uses the network");
    Fields format = fields.inner("response_format");
    if (format != null) {
      String type = format.text("type", "text");
      if (!type.equals("text")) {
        throw ApiException.unsupported(
            "response_format",
            "response_format.type (%s) is not supported: only text is, so ask for JSON in the prompt"
                .formatted(Fields.shown(type)));
      }
      format.refuseOthers(Set.of());
    }
  }
}
