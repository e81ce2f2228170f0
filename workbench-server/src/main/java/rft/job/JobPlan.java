package rft.job;

import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.TrainForm;
import rft.run.RunHeader;
import rft.run.ShellWord;
import rft.run.TrainOptions;

/** Makes jobs of what the page asks for, after a look at all of it. */
record JobPlan(Library library) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NAME_LENGTH = 40;

  /**
   * Returns a new training, not yet in the queue.
   *
   * @throws BadRequestResponse if something in it is wrong, naming it as the user does
   */
  Job train(JobRequest asked) throws IOException {
    String dataset = library.dataset(asked.data()).toString();
    String name = name(asked.name() == null ? asked.data() : asked.name());
    List<String> inputs = new ArrayList<>();
    inputs.add("--model=" + library.model(asked.model()));
    inputs.add("--data=" + dataset);
    inputs.add("--reward=" + library.reward(asked.reward()));
    inputs.add("--name=" + name);
    List<String> words = new ArrayList<>(inputs);
    words.addAll(options(asked.given()));
    TrainOptions plan = plan(words);
    words.add(0, "train");
    return job(
        name,
        "train",
        new Inputs(
            String.valueOf(asked.model()),
            String.valueOf(asked.data()),
            String.valueOf(asked.reward()),
            plan.inputs().device()),
        words,
        command(asked, name),
        null);
  }

  /**
   * @param model as the user calls it, like the others
   */
  record Inputs(String model, String data, String reward, String device) {
    static Inputs of(RunHeader header) {
      var inputs = header.options().inputs();
      return new Inputs(
          last(inputs.model()), last(inputs.dataset()), header.reward().name(), inputs.device());
    }

    private static String last(String path) {
      return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
          .replaceFirst("\\.jsonl$", "");
    }
  }

  /** Returns a job that goes on with a run. */
  Job resume(RunHeader header) {
    List<String> words = List.of("train", "--resume", header.id());
    return job(
        header.name(),
        "resume",
        Inputs.of(header),
        words,
        "rft runs resume " + header.id(),
        header.id());
  }

  /**
   * A run that begins with a checkpoint of another.
   *
   * @param step of the checkpoint
   * @param name of the new run; null for the old one's
   * @param data another dataset, or null
   * @param reward another reward, or null
   * @param options others, by option
   */
  record ForkRequest(
      Integer step,
      @Nullable String name,
      @Nullable String data,
      @Nullable String reward,
      @Nullable Map<String, String> options) {
    ForkRequest {
      if (step == null) {
        throw new IllegalArgumentException("the step is missing: name a checkpoint of the run");
      }
    }

    Map<String, String> given() {
      return new JobRequest(null, null, null, null, options).given();
    }
  }

  /**
   * Returns a job that branches off a run.
   *
   * @throws BadRequestResponse if something in it is wrong, or nothing would be left to train
   */
  Job fork(RunHeader from, ForkRequest asked) throws IOException {
    String name = name(asked.name() == null ? from.name() : asked.name());
    List<String> words = new ArrayList<>(List.of("train"));
    words.add("--fork=" + from.id() + "@" + asked.step());
    words.add("--name=" + name);
    Inputs old = Inputs.of(from);
    if (asked.data() != null) {
      words.add("--data=" + library.dataset(asked.data()));
    }
    if (asked.reward() != null) {
      words.add("--reward=" + library.reward(asked.reward()));
    }
    words.addAll(options(asked.given()));
    try {
      TrainForm.requireFork(from.options(), asked.step(), located(asked.given()));
    } catch (CommandException e) {
      throw new BadRequestResponse(String.valueOf(e.getMessage()));
    }
    Inputs inputs =
        new Inputs(
            old.model(),
            asked.data() == null ? old.data() : asked.data(),
            asked.reward() == null ? old.reward() : asked.reward(),
            asked.given().getOrDefault("--device", old.device()));
    return job(name, "fork", inputs, words, typed(words), null);
  }

  private static Job job(
      String name,
      String kind,
      Inputs inputs,
      List<String> words,
      String command,
      @Nullable String run) {
    String tail = String.format(Locale.ROOT, "%06x", RANDOM.nextInt(1 << 24));
    return new Job(
        name + "-" + tail,
        name,
        kind,
        inputs.model(),
        inputs.data(),
        inputs.reward(),
        inputs.device(),
        words,
        command,
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        0,
        false,
        0,
        run,
        null,
        null);
  }

  private List<String> options(Map<String, String> given) throws IOException {
    List<TrainForm.Problem> problems = problems(given);
    if (!problems.isEmpty()) {
      throw new BadRequestResponse(problems.get(0).message());
    }
    return TrainForm.arguments(located(given));
  }

  /** Returns what is wrong with options. */
  List<TrainForm.Problem> problems(Map<String, String> given) throws IOException {
    try {
      return TrainForm.problems(located(given));
    } catch (BadRequestResponse e) {
      return List.of(new TrainForm.Problem("--check", String.valueOf(e.getMessage())));
    }
  }

  /** The one option that names a file. */
  private Map<String, String> located(Map<String, String> given) throws IOException {
    Map<String, String> located = new LinkedHashMap<>(given);
    if (given.containsKey("--check")) {
      located.put("--check", library.reward(given.get("--check")));
    }
    return located;
  }

  private static TrainOptions plan(List<String> words) throws IOException {
    try {
      return TrainForm.plan(words);
    } catch (CommandException | IllegalArgumentException e) {
      throw new BadRequestResponse(String.valueOf(e.getMessage()));
    }
  }

  /** Returns a name that can begin an id. */
  static String name(@Nullable String text) {
    String plain =
        String.valueOf(text)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String cut = plain.substring(0, Math.min(NAME_LENGTH, plain.length()));
    return cut.isEmpty() ? "run" : cut;
  }

  /** Returns the command as a person would type it: names where there are some. */
  String command(JobRequest asked, String name) throws IOException {
    return typed(words(asked, name, true));
  }

  private List<String> words(JobRequest asked, String name, boolean shell) throws IOException {
    List<String> words = new ArrayList<>(List.of("train"));
    words.add("--model=" + asked.model());
    words.add("--data=" + spoken(asked.data()));
    words.add("--reward=" + library.reward(asked.reward()));
    if (shell || !name.equals(name(asked.data()))) {
      words.add("--name=" + name);
    }
    words.addAll(TrainForm.arguments(located(asked.given())));
    return words;
  }

  /** Returns the same as a line of a notebook. */
  String magic(JobRequest asked) throws IOException {
    List<String> words =
        words(asked, name(asked.name() == null ? asked.data() : asked.name()), false);
    return "%" + words.stream().map(JobPlan::quoted).collect(Collectors.joining(" "));
  }

  private String spoken(@Nullable String data) throws IOException {
    boolean bundled = library.installation().sampleDatasets().contains(String.valueOf(data));
    return bundled ? String.valueOf(data) : library.dataset(data).toString();
  }

  private static String typed(List<String> words) {
    return "rft " + words.stream().map(JobPlan::quoted).collect(Collectors.joining(" "));
  }

  /** Returns a word as a shell takes it, with a space in place of the first equals sign. */
  private static String quoted(String word) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    if (equals > 0) {
      return word.substring(0, equals) + " " + quoted(word.substring(equals + 1));
    }
    return ShellWord.of(word);
  }
}
