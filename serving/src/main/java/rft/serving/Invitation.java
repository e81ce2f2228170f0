package rft.serving;

import java.nio.file.Path;
import java.util.List;

/** What a server says when it is ready: its address, and calls to copy. */
final class Invitation {
  private Invitation() {}

  /** Returns the lines. */
  static List<String> to(String url, String model, Path tokenFile) {
    String cat = "$(cat '" + tokenFile.toAbsolutePath() + "')";
    return List.of(
        model + " answers at " + url + "/v1",
        "curl -N " + url + "/v1/chat/completions -H \"Authorization: Bearer " + cat + "\" \\",
        "  -H 'Content-Type: application/json' \\",
        "  -d '{\"model\": \"%s\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'"
            .formatted(model),
        "OPENAI_BASE_URL=%s/v1 OPENAI_API_KEY=\"%s\" python3 -c 'import openai".formatted(url, cat),
        "print(openai.OpenAI().chat.completions.create(model=\"%s\", messages=[{\"role\": \"user\", \"content\": \"Hello\"}]).choices[0].message.content)'"
            .formatted(model));
  }
}
