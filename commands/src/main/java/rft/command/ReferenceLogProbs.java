package rft.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import rft.dataset.Task;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.rollout.LoadedModel;
import rft.run.RunInputs;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

/** Computes what the base model of a run thinks of stored rollouts. */
record ReferenceLogProbs(TrainOptions options) {
  /** Returns why it cannot be computed, or empty. */
  Optional<String> obstacle(Set<String> tasks, StoredStep stored, List<Integer> chosen) {
    for (int place : chosen) {
      String task = StoredStep.taskOf(stored.groups().get(place));
      if (!tasks.contains(task)) {
        return Optional.of(
            "the run stored no base log-probs (--kl-every), and without task "
                + task
                + " of its dataset they cannot be computed");
      }
    }
    return Optional.empty();
  }

  /** Returns per group and rollout (T) base log-probs. */
  Map<Integer, List<float[]>> of(StoredStep stored, List<Integer> chosen, Map<String, Task> tasks) {
    Map<Integer, List<float[]>> base = new HashMap<>();
    RunInputs inputs = options.inputs();
    try (LoadedModel model =
        Installation.current().open(Path.of(inputs.model()), Placement.of(inputs))) {
      // Nothing is switched on: this model is the base.
      Scorer scorer = new Scorer(model.policy(), options.sampling().temperature());
      for (int place : chosen) {
        List<StoredRollout> group = stored.groups().get(place);
        Task task = Objects.requireNonNull(tasks.get(StoredStep.taskOf(group)));
        int[] prompt = model.prompt(task).tokens().toArray();
        List<Scorer.Row> rows = new ArrayList<>();
        group.forEach(rollout -> rows.add(Scorer.Row.of(0, rollout.trace().tokens())));
        base.put(place, scorer.score(PolicyView.TUNED, List.of(prompt), rows).logProbs());
      }
    }
    return base;
  }
}
