package rft.prompt;

import java.util.List;
import java.util.Optional;
import rft.dataset.Message;

/**
 * Where a template lets an answer begin. A prompt must end there: a model that samples from an
 * earlier place first has to write what begins an answer, and is then scored and trained on it.
 */
final class GenerationPrompt {
  private static final String QUESTION = "Question-5e2c";
  private static final String ANSWER = "Answer-5e2c";

  private GenerationPrompt() {}

  /**
   * Returns what the template writes between a prompt and the answer although it was asked to end
   * the prompt where the answer begins; empty if that is nothing but blanks, or the template cannot
   * be asked this way.
   *
   * <p>Found by rendering a conversation with its answer, and without it both ways. A template that
   * does not look at {@code add_generation_prompt}, because in its format the answer follows the
   * question at once, is fine.
   */
  static Optional<String> missing(ChatTemplate template) {
    List<Message> asked = List.of(Message.user(QUESTION));
    List<Message> answered = List.of(Message.user(QUESTION), Message.assistant(ANSWER));
    try {
      String prompt = template.render(asked, true);
      String whole = template.render(answered, false);
      if (!prompt.equals(template.render(asked, false)) || !whole.startsWith(prompt)) {
        return Optional.empty();
      }
      int answer = whole.indexOf(ANSWER, prompt.length());
      return answer < 0
          ? Optional.empty()
          : Optional.of(whole.substring(prompt.length(), answer)).filter(text -> !text.isBlank());
    } catch (ChatTemplateException e) {
      return Optional.empty(); // it wants other conversations; a wrong prompt is then told there
    }
  }

  /** Returns the error of a template that misses it. */
  static IllegalArgumentException refused(String origin, String missing) {
    String literal = missing.replace("\\", "\\\\").replace("\n", "\\n").replace("'", "\\'");
    return new IllegalArgumentException(
        origin
            + " has no generation prompt: with add_generation_prompt it must also write '"
            + literal
            + "', which begins an answer; write at its end"
            + " {% if add_generation_prompt %}{{ '"
            + literal
            + "' }}{% endif %}");
  }
}
