package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.dataset.Message;
import rft.prompt.jinja.JinjaException;
import rft.prompt.jinja.JinjaTemplate;

/**
 * Writes a conversation as the text that a model was trained on. Immutable.
 *
 * <p>A template sees what it sees in transformers: {@code messages}, {@code add_generation_prompt},
 * {@code tools} and {@code documents} (none unless given), and the special tokens ({@code
 * bos_token} ..). A template that writes the date reads today's; pass {@code date_string} to fix
 * it.
 *
 * @see <a href="https://huggingface.co/docs/transformers/chat_templating">Chat templates</a>
 */
public final class ChatTemplate {
  private final String origin;
  private final JinjaTemplate template;
  private final Map<String, Object> constants;
  private final Clock clock;

  private ChatTemplate(
      String origin, JinjaTemplate template, Map<String, Object> constants, Clock clock) {
    this.origin = origin;
    this.template = template;
    this.constants = Map.copyOf(constants);
    this.clock = clock;
  }

  /**
   * Returns the template of a model folder: {@code chat_template.jinja}, or else {@code
   * chat_template} in {@code tokenizer_config.json} (the one called {@code default} if it has
   * several).
   *
   * @throws IllegalArgumentException if the folder has no template, or one that does not end a
   *     prompt where an answer begins
   * @throws ChatTemplateException if the template uses what is not supported, naming the line
   */
  public static ChatTemplate load(Path modelFolder) {
    ModelFolder folder = new ModelFolder(modelFolder);
    String source =
        folder.has(ModelFolder.TEMPLATE) ? folder.text(ModelFolder.TEMPLATE) : configured(folder);
    String origin = "the chat template of " + modelFolder;
    ChatTemplate template = parse(origin, source, SpecialTokens.of(folder));
    GenerationPrompt.missing(template)
        .ifPresent(
            missing -> {
              throw GenerationPrompt.refused(origin, missing);
            });
    return template;
  }

  private static String configured(ModelFolder folder) {
    JsonNode templates = folder.json(ModelFolder.TOKENIZER_CONFIG).path("chat_template");
    if (templates.isTextual()) {
      return templates.textValue();
    }
    for (JsonNode named : templates) {
      if (named.path("name").asText().equals("default") && named.path("template").isTextual()) {
        return named.path("template").textValue();
      }
    }
    throw new IllegalArgumentException(
        folder.path()
            + " has no chat template: put the template of its chat model into "
            + ModelFolder.TEMPLATE
            + " there (a base model that was never trained to chat has none; for a first try, "
            + "copy the one of a chat model of its family)");
  }

  /**
   * Returns a template.
   *
   * @param source the template in Jinja
   * @param specialTokens spelling by name, for example {@code bos_token}
   * @throws ChatTemplateException if the source uses what is not supported, naming the line
   */
  public static ChatTemplate of(String source, Map<String, String> specialTokens) {
    return parse("the chat template", source, specialTokens);
  }

  private static ChatTemplate parse(String origin, String source, Map<String, String> tokens) {
    try {
      return new ChatTemplate(
          origin,
          JinjaTemplate.parse(source),
          Map.copyOf(tokens),
          Clock.system(ZoneId.systemDefault()));
    } catch (JinjaException e) {
      throw new ChatTemplateException(origin + ", " + e.getMessage(), e);
    }
  }

  /** Returns this template with another clock for templates that write the date. */
  public ChatTemplate withClock(Clock other) {
    return new ChatTemplate(origin, template, constants, other);
  }

  /**
   * Returns the conversation as text.
   *
   * @param addGenerationPrompt whether the text ends where the assistant's answer begins
   * @throws ChatTemplateException if the template refuses the conversation
   */
  public String render(List<Message> messages, boolean addGenerationPrompt) {
    return render(messages, addGenerationPrompt, Map.of());
  }

  /**
   * Returns the conversation as text.
   *
   * @param variables what else the template sees, for example {@code tools} (a list of function
   *     schemas) or {@code enable_thinking}; text, numbers, booleans, lists, maps and null
   * @throws ChatTemplateException if the template refuses the conversation
   */
  public String render(
      List<Message> messages,
      boolean addGenerationPrompt,
      Map<String, ? extends @Nullable Object> variables) {
    Map<String, @Nullable Object> all = new HashMap<>(constants);
    all.put("tools", null);
    all.put("documents", null);
    all.putAll(variables);
    all.put("messages", TemplateMessages.of(messages));
    all.put("add_generation_prompt", addGenerationPrompt);
    try {
      return template.render(all, clock);
    } catch (JinjaException e) {
      throw new ChatTemplateException(origin + ", " + e.getMessage(), e);
    }
  }
}
