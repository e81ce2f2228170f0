package rft.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family of models against transformers and peft, by the plain and by the fused program;
 * {@code bench/peers/goldens.py} made the data.
 */
final class FamiliesTest {
  private static final Path FOLDER = Path.of("src/test/resources/rft/policy/families");
  private static final List<String> FAMILIES =
      List.of(
          "llama",
          "llama-untied",
          "llama-bias",
          "llama-rope-llama3",
          "llama-rope-linear",
          "qwen2",
          "qwen3");

  static Stream<Arguments> models() {
    return FAMILIES.stream()
        .flatMap(
            family -> Arrays.stream(Layout.values()).map(layout -> Arguments.of(family, layout)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void logitsGreedyAnswersAndGradientsAgreeWithTransformers(String family, Layout layout)
      throws IOException {
    Path folder = FOLDER.resolve(family);
    Decoder.Form form = new Decoder.Form(ModelConfig.read(folder), layout, Precision.F32, 1);
    try (ModelWeights weights = ModelWeights.open(folder);
        Policy policy = Policy.of(form, (name, shape) -> weights.floats(name), "cpu")) {
      new TransformersGolden(folder.resolve("golden.json")).check(policy);
    }
  }
}
