package rft.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Task;
import rft.export.PeftFolder;
import rft.memory.FreeMemory;
import rft.policy.AdapterShape;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.Precision;
import rft.policy.Scorer;
import rft.policy.TinyModels;
import rft.prompt.Prompt;

class LoadedModelTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("rft.root")).resolve("models").resolve("tiny-chat");
  private static final AdapterShape SHAPE = new AdapterShape(4, 8, List.of("q_proj", "v_proj"));

  private static final List<String> FILES =
      List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors");

  @TempDir Path folder;

  private static String refusal(Path model, String device, int threads) {
    return assertThrows(
            IllegalArgumentException.class, () -> LoadedModel.open(model, device, threads))
        .getMessage();
  }

  @Test
  void folderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("none");
    assertEquals(
        "model folder " + missing + " is not there: give the path of a folder with config.json",
        refusal(missing, "cpu", 1));
  }

  @Test
  void emptyFolderDeviceAndThreadsAreRefusedInOneSentence() {
    assertTrue(refusal(folder, "cpu", 1).contains(folder.toString()));
    assertTrue(refusal(FOLDER, "tpu", 1).startsWith("device \"tpu\" is unknown"));
    assertEquals("threads (0) must be at least 1", refusal(FOLDER, "cpu", 0));
  }

  /** Returns the bundled model with one of its files changed. */
  private Path changed(String file, UnaryOperator<String> change) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("changed"));
    for (String name : FILES) {
      Files.copy(FOLDER.resolve(name), copy.resolve(name));
    }
    Path edited = copy.resolve(file);
    String before = Files.readString(edited);
    Files.writeString(edited, change.apply(before));
    return copy;
  }

  @Test
  void aModelLargerThanMemoryIsRefusedBeforeItsWeightsAreLookedAt() throws IOException {
    Path copy = changed("config.json", text -> text);
    Files.delete(copy.resolve("model.safetensors"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    LoadedModel.open(
                        copy, "cpu", 1, Precision.F32, device -> new FreeMemory(device, 1_000_000)))
            .getMessage();
    assertTrue(message.startsWith(copy + " takes "), message);
    assertTrue(message.contains("and this machine has 1.0 MB left"), message);
  }

  @Test
  void aTokenizerBeyondTheVocabularyOfTheModelIsRefused() throws IOException {
    Path copy =
        changed(
            "tokenizer.json",
            text ->
                text.replaceFirst(
                    "\"added_tokens\"\\s*:\\s*\\[",
                    "\"added_tokens\":[{\"id\":90000,\"content\":\"<more>\",\"single_word\":false,"
                        + "\"lstrip\":false,\"rstrip\":false,\"normalized\":false,"
                        + "\"special\":true},"));
    String message = refusal(copy, "cpu", 1);
    assertTrue(
        message.startsWith("the tokenizer of " + copy + " has tokens up to 90000 (\"<more>\")"),
        message);
    assertTrue(message.endsWith("are not of the same model; fetch both again"), message);
  }

  @Test
  void aTemplateThatEndsAPromptTooEarlyIsRefused() throws IOException {
    Path copy =
        changed(
            "tokenizer_config.json",
            text -> text.replace("add_generation_prompt", "never_so_named"));
    String message = refusal(copy, "cpu", 1);
    assertTrue(message.contains("has no generation prompt"), message);
  }

  @Test
  void aTemplateThatWritesTheDateWritesThatOfTheRun() throws IOException {
    Path copy = changed("config.json", text -> text);
    Files.writeString(
        copy.resolve("chat_template.jinja"),
        "Today is {{ strftime_now('%d %b %Y') }}. {{ messages[0]['content'] }}"
            + "{% if add_generation_prompt %} Answer:{% endif %}");
    Task task = Task.of("t", "What is 2 + 3?", "5");
    try (LoadedModel model = LoadedModel.open(copy, "cpu", 1)) {
      model.dateAs(Instant.parse("2024-09-11T23:16:18Z"));
      assertTrue(model.prompt(task).text().startsWith("Today is 11 Sep 2024."));
      assertEquals(model.prompt(task).text(), model.prompts(List.of(task), 8).kept().get(0).text());
    }
  }

  private static float[] scores(LoadedModel model, PolicyView view) {
    Prompt prompt = model.prompt(Task.of("t", "What is 2 + 3?", "5"));
    return new Scorer(model.policy(), 1)
        .score(view, List.of(prompt.tokens().toArray()), List.of(Scorer.Row.of(0, 20, 21, 2)))
        .logProbs()
        .get(0);
  }

  @Test
  void adapterSwitchedOnComputesAsWhereItWasMade() throws IOException {
    Path adapter = folder.resolve("adapter");
    float[] expected;
    try (LoadedModel made = LoadedModel.open(FOLDER, "cpu", 1)) {
      made.policy().attachAdapter(SHAPE, 3);
      TinyModels.perturb(made.policy(), 0.05, 1);
      PeftFolder.write(
          adapter, SHAPE, made.policy().config(), made.policy().state(), FOLDER.toString());
      expected = scores(made, PolicyView.TUNED);
    }
    try (LoadedModel model = LoadedModel.open(FOLDER, "cpu", 1)) {
      float[] plain = scores(model, PolicyView.TUNED);
      model.switchOn(adapter);
      assertArrayEquals(expected, scores(model, PolicyView.TUNED));
      assertArrayEquals(plain, scores(model, PolicyView.BASE));
      assertTrue(Math.abs(plain[0] - expected[0]) > 1e-4, "the adapter changes nothing");
    }
  }

  @Test
  void adapterOfAnotherModelIsRefused() throws IOException {
    Path adapter = folder.resolve("adapter");
    try (Policy other = Policy.random(TinyModels.multiHead(), 1, "cpu")) {
      other.attachAdapter(SHAPE, 1);
      PeftFolder.write(adapter, SHAPE, other.config(), other.state(), "other");
    }
    try (LoadedModel model = LoadedModel.open(FOLDER, "cpu", 1)) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> model.switchOn(adapter));
      assertTrue(error.getMessage().contains(adapter.toString()), error.getMessage());
      assertTrue(model.policy().trainable().isEmpty(), "nothing was switched on");
    }
  }

  @Test
  void hashOfTheWeightsIsThatOfTheirFile() throws Exception {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve("model.safetensors"));
    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
    try (LoadedModel model = LoadedModel.open(FOLDER, "cpu", 1)) {
      assertEquals(java.util.HexFormat.of().formatHex(digest), model.weightsSha256());
    }
  }

  @Test
  void promptsKeepRoomForTheCompletion() {
    try (LoadedModel model = LoadedModel.open(FOLDER, "cpu", 1)) {
      Task task = Task.of("t", "What is 2 + 3?", "5");
      int length = model.prompt(task).tokens().length();
      int context = model.policy().config().maxPositions();
      assertEquals(1, model.prompts(List.of(task), context - length).kept().size());
      assertEquals(1, model.prompts(List.of(task), context - length + 1).tooLong().size());
    }
  }
}
