package rft.grader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.judge.ChatReply;

/** One answer while it is graded: what there is to look at, and what was noted so far. */
final class Grading {
  private final ObjectNode item;
  private final ObjectNode sample;
  private final Map<String, Double> parts = new LinkedHashMap<>();
  private final List<GraderAnswer.Trouble> errors = new ArrayList<>();
  private final Map<String, ChatReply.Usage> usage = new LinkedHashMap<>();
  private final List<String> reasons = new ArrayList<>();
  private @Nullable String sampledModel;
  private String part = "";

  Grading(ObjectNode item, ObjectNode sample) {
    this.item = item;
    this.sample = sample;
  }

  ObjectNode item() {
    return item;
  }

  ObjectNode sample() {
    return sample;
  }

  String render(Template template) throws GradingException {
    return template.render(item, sample);
  }

  void asked(ChatReply reply) {
    sampledModel = reply.model();
    usage.merge(reply.model(), reply.usage(), ChatReply.Usage::plus);
  }

  void reason(String reason) {
    if (!reason.isBlank()) {
      reasons.add(prefix() + reason);
    }
  }

  void failed(GradingException e) {
    errors.add(new GraderAnswer.Trouble(e.error(), e.kind(), prefix() + e.getMessage()));
  }

  /** Returns the value of a part of a multi, 0 if it has none, which is noted. */
  double part(String name, Evaluation evaluation) throws InterruptedException {
    part = name;
    double value = 0;
    try {
      value = evaluation.value(this);
    } catch (GradingException e) {
      failed(e);
    }
    part = "";
    parts.put(name, value);
    return value;
  }

  Map<String, Double> parts() {
    return parts;
  }

  GraderAnswer answer(Grader grader, double reward, double seconds) {
    return new GraderAnswer(
        grader.name(),
        grader.type(),
        reward,
        parts,
        errors,
        usage,
        sampledModel,
        reasons.isEmpty() ? null : String.join("; ", reasons),
        seconds);
  }

  private String prefix() {
    return part.isEmpty() ? "" : part + ": ";
  }
}
