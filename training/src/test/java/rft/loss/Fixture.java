package rft.loss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import rft.loss.LossBatch.Row;

/** The reference numbers in {@code grpo-fixture.json}; its own README says what each is. */
final class Fixture {
  static final double TOLERANCE = 1e-12;
  private static final JsonNode ROOT = read();

  private Fixture() {}

  private static JsonNode read() {
    try (InputStream in = Fixture.class.getResourceAsStream("grpo-fixture.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode get(String block) {
    return ROOT.required(block);
  }

  static JsonNode variant(String name) {
    for (JsonNode variant : get("variants")) {
      if (variant.required("name").asText().equals(name)) {
        return variant;
      }
    }
    throw new IllegalArgumentException("no variant " + name);
  }

  static int maxCompletionTokens() {
    return get("inputs").required("maxCompletionLength").asInt();
  }

  static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  static double[][] matrix(JsonNode array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers(array.get(i));
    }
    return rows;
  }

  /** Returns the four rows, with the old log-probs and the advantages of those names. */
  static List<Row> rows(String oldLogp, String advantage) {
    JsonNode inputs = get("inputs");
    double[][] logp = matrix(inputs.required("logp"));
    double[][] old = matrix(inputs.required(oldLogp));
    double[][] sampler = matrix(inputs.required("samplerLogp"));
    double[][] base = matrix(inputs.required("refLogp"));
    double[] advantages = numbers(get("advantages").required(advantage));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < logp.length; i++) {
      boolean[] trains = new boolean[inputs.required("lengths").get(i).asInt()];
      for (int t = 0; t < trains.length; t++) {
        trains[t] = inputs.required("mask").get(i).get(t).asInt() == 1;
      }
      rows.add(Row.of(logp[i], old[i], sampler[i], base[i], trains, advantages[i]));
    }
    return rows;
  }

  static List<Row> rows() {
    return rows("oldLogp", "group");
  }

  static LossBatch batch(JsonNode variant) {
    List<Row> rows =
        rows(variant.required("oldLogp").asText(), variant.required("advantage").asText());
    return LossBatch.whole(rows, maxCompletionTokens());
  }

  /** Returns the loss that a variant describes. */
  static SurrogateLoss loss(JsonNode variant) {
    double high = variant.required("epsilonHigh").asDouble();
    SurrogateLoss loss = plain(variant, high);
    if (variant.required("ratioLevel").asText().equals("sequence")) {
      loss = loss.withRatio(RatioLevel.SEQUENCE);
    }
    KlPenalty kl = KlPenalty.k3(variant.required("beta").asDouble());
    loss = loss.withKl(variant.path("biasCorrectedKl").asBoolean() ? kl.withBiasCorrection() : kl);
    if (variant.has("offPolicyMaskThreshold")) {
      loss = loss.withOffPolicyMask(variant.required("offPolicyMaskThreshold").asDouble());
    }
    if (!variant.required("isCorrection").isNull()) {
      loss = loss.withImportanceCorrection(correction(variant.required("isCorrection").asText()));
    }
    return loss;
  }

  private static SurrogateLoss plain(JsonNode variant, double high) {
    String type = variant.required("lossType").asText();
    Clip clip = Clip.of(variant.required("epsilonLow").asDouble(), high);
    if (!variant.required("delta").isNull()) {
      clip = clip.withDelta(variant.required("delta").asDouble());
    }
    return switch (type) {
      case "grpo" -> Losses.grpo(clip);
      case "bnpo" -> Losses.bnpo(clip);
      case "dapo" -> Losses.dapo(clip);
      case "dr_grpo" -> Losses.drGrpo(clip);
      case "cispo" -> Losses.cispo(high);
      case "sapo" -> Losses.sapo();
      case "luspo" -> Losses.luspo(clip);
      case "vespo" -> Losses.vespo();
      default -> throw new IllegalArgumentException("no loss " + type);
    };
  }

  static ImportanceCorrection correction(String name) {
    RatioLevel level = name.startsWith("token") ? RatioLevel.TOKEN : RatioLevel.SEQUENCE;
    ImportanceCorrection.Outside outside =
        name.endsWith("mask")
            ? ImportanceCorrection.Outside.MASK
            : ImportanceCorrection.Outside.TRUNCATE;
    double bound = get("importanceCorrection").required("bound").asDouble();
    return new ImportanceCorrection(level, outside, 0, bound);
  }
}
