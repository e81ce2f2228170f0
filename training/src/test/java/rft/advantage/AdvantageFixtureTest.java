package rft.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every advantage of the fixture, made by TRL's own code and by independent computations. */
final class AdvantageFixtureTest {
  private static final double TOLERANCE = 1e-12;

  private static JsonNode fixture() throws IOException {
    try (InputStream in =
        AdvantageFixtureTest.class.getResourceAsStream("/rft/loss/grpo-fixture.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  static Stream<String> cases() throws IOException {
    return StreamSupport.stream(fixture().required("advantageCases").spliterator(), false)
        .map(example -> example.required("name").asText());
  }

  private static JsonNode example(String name) throws IOException {
    for (JsonNode example : fixture().required("advantageCases")) {
      if (example.required("name").asText().equals(name)) {
        return example;
      }
    }
    throw new IllegalArgumentException("no case " + name);
  }

  @Test
  void theFixtureHasAllItsCases() throws IOException {
    assertEquals(11, cases().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void advantagesAreReproduced(String name) throws IOException {
    JsonNode example = example(name);
    double[] weights = numbers(example.required("weights"));
    PartAdvantage rule =
        example.required("aggregation").asText().equals("normalize_then_sum")
            ? PartAdvantage.normalizeThenSum(weights)
            : PartAdvantage.sumThenNormalize(rule(example.required("scale").asText()), weights);
    double[] actual =
        Arrays.stream(rule.of(parts(example))).flatMapToDouble(Arrays::stream).toArray();
    assertArrayEquals(numbers(example.required("advantages")), actual, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void groupsWithoutSpreadAreReproduced(String name) throws IOException {
    JsonNode example = example(name);
    double[] weights = numbers(example.required("weights"));
    boolean byPart = example.required("aggregation").asText().equals("normalize_then_sum");
    double[][][] parts = parts(example);
    double[][] sums = WeightedParts.sum(byPart ? WeightedParts.normalized(parts) : parts, weights);
    boolean wholeBatch = byPart || example.required("scale").asText().equals("batch");
    int row = 0;
    for (double[] group : sums) {
      RewardSpread spread = wholeBatch ? RewardSpread.ofBatch(sums) : RewardSpread.of(group);
      for (int i = 0; i < group.length; i++) {
        assertEquals(example.required("zeroStd").get(row++).asBoolean(), spread.isZero());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"group", "batch", "none"})
  void theAdvantagesOfTheLossInputsAreReproduced(String scale) throws IOException {
    double[] rewards = numbers(fixture().required("inputs").required("rewards"));
    double[][] actual =
        rule(scale).of(new double[][] {{rewards[0], rewards[1]}, {rewards[2], rewards[3]}});
    assertArrayEquals(
        numbers(fixture().required("advantages").required(scale)),
        Arrays.stream(actual).flatMapToDouble(Arrays::stream).toArray(),
        TOLERANCE);
  }

  private static GroupAdvantage rule(String scale) {
    return switch (scale) {
      case "group" -> GroupAdvantage.group();
      case "batch" -> GroupAdvantage.batch();
      case "none" -> GroupAdvantage.none();
      default -> throw new IllegalArgumentException("no scale " + scale);
    };
  }

  /** Returns the rewards as (K, B, G), NaN for null. */
  private static double[][][] parts(JsonNode example) {
    JsonNode rewards = example.required("rewards");
    int size = example.required("groupSize").asInt();
    int count = example.required("weights").size();
    double[][][] parts = new double[count][rewards.size() / size][size];
    for (int row = 0; row < rewards.size(); row++) {
      for (int k = 0; k < count; k++) {
        JsonNode reward = rewards.get(row).get(k);
        parts[k][row / size][row % size] = reward.isNull() ? Double.NaN : reward.asDouble();
      }
    }
    return parts;
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }
}
