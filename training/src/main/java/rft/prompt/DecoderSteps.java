package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The {@code decoder} of a {@code tokenizer.json} as steps, each from as many texts to as many:
 * what every token adds stays apart. A step of an unknown type changes nothing.
 *
 * @see <a href="https://huggingface.co/docs/tokenizers/api/decoders">Decoders of the tokenizers
 *     library</a>
 */
final class DecoderSteps {
  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");
  private static final String BROKEN = "\uFFFD";

  private final List<UnaryOperator<List<String>>> steps = new ArrayList<>();
  private boolean fused;

  DecoderSteps(JsonNode decoder) {
    add(decoder);
  }

  private void add(JsonNode decoder) {
    switch (decoder.path("type").asText()) {
      case "Sequence" -> decoder.path("decoders").forEach(this::add);
      case "ByteLevel" -> steps.add(DecoderSteps::readBytes);
      case "ByteFallback" -> steps.add(DecoderSteps::readSpelledBytes);
      case "Fuse" -> fused = true;
      case "Replace" -> addReplace(decoder);
      case "Strip" -> addStrip(decoder);
      case "Metaspace" -> addMetaspace(decoder);
      default -> {}
    }
  }

  /** Returns what each token adds to the text. */
  List<String> apply(List<String> tokens) {
    List<String> texts = tokens;
    for (UnaryOperator<List<String>> step : steps) {
      texts = step.apply(texts);
    }
    return texts;
  }

  private static List<String> readBytes(List<String> tokens) {
    return ByteTexts.of(
        tokens.stream()
            .map(
                token ->
                    ByteAlphabet.bytes(token)
                        .orElseGet(() -> token.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  /** Bytes that follow each other are one text, or else each of them is broken. */
  private static List<String> readSpelledBytes(List<String> tokens) {
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < tokens.size(); ) {
      List<byte[]> bytes = new ArrayList<>();
      Matcher spelled = BYTE.matcher(tokens.get(from));
      while (spelled.matches()) {
        bytes.add(new byte[] {(byte) Integer.parseInt(spelled.group(1), 16)});
        int next = from + bytes.size();
        spelled = BYTE.matcher(next < tokens.size() ? tokens.get(next) : "");
      }
      if (bytes.isEmpty()) {
        texts.add(tokens.get(from++));
        continue;
      }
      List<String> read = ByteTexts.of(bytes);
      boolean broken = read.stream().anyMatch(text -> text.contains(BROKEN));
      texts.addAll(broken ? IntStream.range(0, bytes.size()).mapToObj(i -> BROKEN).toList() : read);
      from += bytes.size();
    }
    return texts;
  }

  private void addReplace(JsonNode step) {
    String pattern = step.path("pattern").path("String").asText();
    String content = step.path("content").asText();
    if (!pattern.isEmpty()) {
      steps.add(texts -> texts.stream().map(text -> text.replace(pattern, content)).toList());
    }
  }

  private void addMetaspace(JsonNode step) {
    String space = step.path("replacement").asText("\u2581");
    boolean prepended =
        step.has("prepend_scheme")
            ? !step.path("prepend_scheme").asText().equals("never")
            : step.path("add_prefix_space").asBoolean(true);
    steps.add(
        texts ->
            IntStream.range(0, texts.size())
                .mapToObj(i -> texts.get(i).replace(space, i == 0 && prepended ? "" : " "))
                .toList());
  }

  private void addStrip(JsonNode step) {
    String content = step.path("content").asText();
    int start = step.path("start").asInt();
    int stop = step.path("stop").asInt();
    if (content.isEmpty()) {
      return;
    }
    if (!fused) {
      steps.add(
          texts ->
              texts.stream()
                  .map(text -> withoutEnd(withoutStart(text, content, start), content, stop))
                  .toList());
    } else if (stop == 0) {
      steps.add(texts -> wholeWithoutStart(texts, content, start));
    }
  }

  private static List<String> wholeWithoutStart(List<String> texts, String content, int most) {
    List<String> stripped = new ArrayList<>(texts);
    int left = most;
    for (int i = 0; i < texts.size() && left > 0; i++) {
      String text = texts.get(i);
      stripped.set(i, withoutStart(text, content, left));
      left -= (text.length() - stripped.get(i).length()) / content.length();
      if (!stripped.get(i).isEmpty()) {
        break;
      }
    }
    return stripped;
  }

  private static String withoutStart(String text, String content, int most) {
    int from = 0;
    for (int i = 0; i < most && text.startsWith(content, from); i++) {
      from += content.length();
    }
    return text.substring(from);
  }

  private static String withoutEnd(String text, String content, int most) {
    String rest = text;
    for (int i = 0; i < most && rest.endsWith(content); i++) {
      rest = rest.substring(0, rest.length() - content.length());
    }
    return rest;
  }
}
