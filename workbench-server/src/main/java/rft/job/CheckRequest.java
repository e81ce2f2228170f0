package rft.job;

import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.command.TrainForm;
import rft.run.RunFolder;

/**
 * Something to be found out in a process of its own, because it runs foreign code or a model.
 *
 * @param kind what: {@code show} compiles a reward; {@code try} scores reference answers; {@code
 *     sample} lets the model answer a few rows and scores that; {@code card}, {@code probe}, {@code
 *     break}, {@code diff} and {@code test} are the commands {@code rft reward ..}; {@code measure}
 *     trains two steps into a folder that is thrown away
 * @param reward name of a reward
 * @param other the second reward of a {@code diff}
 * @param data name of a dataset
 * @param model name of a base model
 * @param run a run's id, for {@code try} and {@code diff}
 * @param options of the training, by option; those that say how answers are drawn count
 * @param size rows, tasks or seconds, by the kind; null for the usual
 */
record CheckRequest(
    @Nullable String kind,
    @Nullable String reward,
    @Nullable String other,
    @Nullable String data,
    @Nullable String model,
    @Nullable String run,
    @Nullable Map<String, String> options,
    @Nullable Integer size) {
  static final String MEASURE = "measure";
  private static final int MOST = 1000;

  private static final Set<String> OF_DRAWS =
      Set.of(
          "--group-size",
          "--max-new-tokens",
          "--temperature",
          "--seed",
          "--device",
          "--threads",
          "--precision");

  private static final Set<String> OF_VALIDATION =
      Set.of("--validation-tasks", "--validation-samples", "--check");

  CheckRequest {
    if (size != null && (size < 1 || size > MOST)) {
      throw new IllegalArgumentException("size (" + size + ") must be from 1 to " + MOST);
    }
  }

  /** Returns the arguments of rft. */
  List<String> arguments(JobPlan plan) throws IOException {
    Library library = plan.library();
    List<String> words =
        switch (String.valueOf(kind)) {
          case "show" -> ofReward("show", library);
          case "test" -> ofReward("test", library);
          case "try" -> tried(library);
          case "sample" -> sampled(library);
          case "card" -> card(library);
          case "probe" -> with(ofReward("probe", library), data(library));
          case "break" -> broken(library);
          case "diff" -> compared(library);
          case MEASURE -> measured(plan);
          default -> throw new BadRequestResponse("there is no check \"" + kind + "\"");
        };
    words.add("--json");
    return words;
  }

  private List<String> ofReward(String verb, Library library) throws IOException {
    return new ArrayList<>(List.of("reward", verb, library.reward(reward)));
  }

  private static List<String> with(List<String> words, String more) {
    words.add(more);
    return words;
  }

  private String data(Library library) throws IOException {
    return "--data=" + library.dataset(data);
  }

  private String size(String option, int usual) {
    return option + "=" + (size == null ? usual : size);
  }

  private String ofRun() {
    if (run == null || !RunFolder.isId(run)) {
      throw new BadRequestResponse("the run is missing");
    }
    return "--run=" + run;
  }

  private List<String> tried(Library library) throws IOException {
    List<String> words = ofReward("try", library);
    if (run != null) {
      words.add(ofRun());
    }
    if (data != null || run == null) {
      words.add(data(library));
    }
    return with(words, size("--rows", 3));
  }

  private List<String> sampled(Library library) throws IOException {
    List<String> words = new ArrayList<>(List.of("rollout", "--model=" + library.model(model)));
    words.add(data(library));
    words.add("--reward=" + library.reward(reward));
    words.add(size("--tasks", 3));
    words.addAll(draws());
    words.removeIf(word -> word.startsWith("--group-size="));
    return with(words, "--group-size=2");
  }

  private List<String> card(Library library) throws IOException {
    List<String> words = ofReward("card", library);
    words.add(data(library));
    words.add("--model=" + library.model(model));
    words.add(size("--tasks", 32));
    words.addAll(draws());
    return words;
  }

  private List<String> broken(Library library) throws IOException {
    List<String> words = ofReward("break", library);
    words.add(data(library));
    words.add("--model=" + library.model(model));
    return words;
  }

  private List<String> compared(Library library) throws IOException {
    List<String> words = ofReward("diff", library);
    words.add(library.reward(other));
    words.add(ofRun());
    return words;
  }

  /** Returns the options that say how answers are drawn. */
  private List<String> draws() {
    Map<String, String> given = new LinkedHashMap<>(given());
    given.keySet().retainAll(OF_DRAWS);
    return TrainForm.arguments(given);
  }

  private Map<String, String> given() {
    return new JobRequest(null, null, null, null, options).given();
  }

  /** Returns a training of two steps of the full size, with nothing around them. */
  private List<String> measured(JobPlan plan) throws IOException {
    Map<String, String> few = new LinkedHashMap<>(given());
    few.keySet().removeAll(OF_VALIDATION);
    few.put("--steps", "2");
    few.put("--warmup-steps", "0");
    few.put("--validate-every", "0");
    few.put("--checkpoint-every", "2");
    return new ArrayList<>(
        plan.train(new JobRequest("measure", model, data, reward, few)).arguments());
  }
}
