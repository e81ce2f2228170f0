import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import rft.policy.PolicyView;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.policy.Scorer;
import rft.rollout.LoadedModel;

/**
 * Greedy answers of a model with its adapter, and of every whole export of the two, token by token
 * with log-probs, for {@code bench/peers/exports.py} to compare with what other tools make of the
 * same files.
 *
 * <pre>
 * java -cp "target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-training/*" bench/ExportedAnswers.java MODEL FOLDER
 * </pre>
 *
 * FOLDER holds the exports as subfolders: adapter, hf-*, gguf-*. The answers go to
 * FOLDER/answers.json.
 */
public class ExportedAnswers {
  private static final int NEW_TOKENS = 48;
  private static final List<String> QUESTIONS =
      List.of(
          "<|im_start|>user\n"
              + "What is 34 + 824? Answer after ####.<|im_end|>\n"
              + "<|im_start|>assistant\n",
          "<|im_start|>user\n"
              + "Write three short sentences about the sea.<|im_end|>\n"
              + "<|im_start|>assistant\n",
          "The capital of France is");

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    List<String> answers = new ArrayList<>();
    try (LoadedModel model = LoadedModel.open(Path.of(args[0]), "cpu", 1)) {
      model.switchOn(folder.resolve("adapter"));
      QUESTIONS.forEach(question -> answers.add(answer(model, "base", PolicyView.BASE, question)));
      QUESTIONS.forEach(
          question -> answers.add(answer(model, "adapter", PolicyView.TUNED, question)));
    }
    List<Path> exports;
    try (Stream<Path> files = Files.list(folder)) {
      exports =
          files
              .filter(file -> file.getFileName().toString().matches("(hf|gguf)-.*"))
              .sorted()
              .toList();
    }
    for (Path export : exports) {
      try (LoadedModel model = LoadedModel.open(export, "cpu", 1)) {
        String name = export.getFileName().toString();
        QUESTIONS.forEach(question -> answers.add(answer(model, name, PolicyView.TUNED, question)));
      }
    }
    Files.writeString(
        folder.resolve("answers.json"),
        String.join(",\n", answers).indent(0).transform(all -> "[\n" + all + "]\n"));
    System.exit(0); // threads of the engine may linger
  }

  private static String answer(LoadedModel model, String name, PolicyView view, String question) {
    int[] prompt = model.tokenizer().encode(question).toArray();
    int[] tokens;
    try (Sampler sampler = new Sampler(model.policy(), view, Set.of())) {
      SamplingSettings greedy = SamplingSettings.greedy(NEW_TOKENS);
      tokens =
          sampler
              .sample(List.of(prompt), 1, greedy, (row, token) -> 0.5, () -> false)
              .get(0)
              .tokens();
    }
    float[] logProbs =
        new Scorer(model.policy(), 1)
            .score(view, List.of(prompt), List.of(Scorer.Row.of(0, tokens)))
            .logProbs()
            .get(0);
    return "{\"of\": \"%s\", \"prompt\": %s, \"tokens\": %s, \"logprobs\": %s}"
        .formatted(
            name, Arrays.toString(prompt), Arrays.toString(tokens), Arrays.toString(logProbs));
  }
}
