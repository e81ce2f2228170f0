package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Message;
import rft.dataset.Sha256;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;

/**
 * Compares SmolLM2-135M-Instruct in four bits with what transformers makes of the same file; see
 * {@code src/test/golden/gguf}. Runs where the environment variable RFT_REAL_MODEL names the file.
 */
final class RealModelTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/gguf/smollm2.json");
  private static final String FILE = System.getenv("RFT_REAL_MODEL");

  @TempDir static Path temporary;
  private static Path folder = Path.of("");

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(
        FILE != null,
        "RFT_REAL_MODEL is not set: fetch the model once by rft model pull smollm2-135m-instruct,"
            + " and set it to model.gguf in the folder that this makes");
    folder = temporary.resolve("model");
    GgufBytes.unfold(Path.of(FILE), folder);
  }

  @Test
  void textsHaveTheTokensOfTransformersAndComeBack() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      for (JsonNode golden : golden().path("texts")) {
        String text = golden.path("text").textValue();
        Tokens tokens = tokenizer.encode(text);
        assertEquals(ids(golden), tokens, text);
        assertEquals(golden.path("decoded").textValue(), tokenizer.decode(tokens), text);
      }
    }
  }

  @Test
  void chatsAreRenderedAsTransformersDoes() throws IOException {
    ChatTemplate template = ChatTemplate.load(folder);
    for (JsonNode golden : golden().path("chats")) {
      List<Message> messages = new ArrayList<>();
      for (JsonNode message : golden.path("messages")) {
        String content = message.path("content").textValue();
        messages.add(
            switch (message.path("role").textValue()) {
              case "system" -> Message.system(content);
              case "user" -> Message.user(content);
              default -> Message.assistant(content);
            });
      }
      assertEquals(
          golden.path("text").textValue(),
          template.render(messages, golden.path("add_generation_prompt").booleanValue()));
    }
  }

  @Test
  void everyTensorHasTheValuesOfTransformersBitForBit() throws IOException {
    MessageDigest digest = Sha256.start();
    try (ModelWeights weights = ModelWeights.open(folder)) {
      ModelConfig.read(folder).check(weights);
      for (String name : new TreeSet<>(weights.names())) {
        float[] values = weights.floats(name);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        digest.update(bytes);
      }
    }
    assertEquals(golden().path("tensors_sha256").textValue(), Sha256.hex(digest));
  }

  private static Tokens ids(JsonNode golden) {
    int[] ids = new int[golden.path("ids").size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = golden.path("ids").get(i).intValue();
    }
    return Tokens.of(ids);
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(Files.readString(GOLDEN));
  }
}
