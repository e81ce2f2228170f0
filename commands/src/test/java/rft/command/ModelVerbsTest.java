package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.prompt.ChatTemplate;
import rft.run.DurableFile;

/** Names for models, and what is said of them. */
final class ModelVerbsTest {
  private static final Path TINY =
      Path.of(System.getProperty("rft.root")).resolve("models").resolve("tiny-chat");

  @TempDir Path home;
  private String before = "";

  @BeforeEach
  void useHome() {
    before = System.getProperty("rft.home", "");
    System.setProperty("rft.home", home.toString());
  }

  @AfterEach
  void restoreHome() {
    if (before.isEmpty()) {
      System.clearProperty("rft.home");
    } else {
      System.setProperty("rft.home", before);
    }
  }

  private static <R extends Result> R run(Verb<R> verb, String... arguments) throws Exception {
    new CommandLine(verb).parseArgs(arguments);
    return verb.run(Progress.SILENT);
  }

  private static String refusal(Verb<?> verb, String... arguments) {
    return assertThrows(CommandException.class, () -> run(verb, arguments)).getMessage();
  }

  @Test
  void aFolderGetsANameThatEveryVerbTakes() throws Exception {
    ModelPull.Pulled pulled = run(new ModelPull(), TINY.toString(), "--name", "mine");
    assertEquals(869_504, pulled.parameters());
    assertEquals("safetensors F16", pulled.stored());
    ModelShow.Card card = run(new ModelShow(), "mine");
    assertEquals(pulled.folder(), card.folder());
    List<String> offered = new ArrayList<>();
    new Names.Models().forEach(offered::add);
    assertTrue(offered.containsAll(List.of("tiny-chat", "mine")), offered.toString());
    List<ModelList.Row> rows = run(new ModelList()).models();
    assertEquals(List.of("tiny-chat", "mine"), rows.stream().map(ModelList.Row::name).toList());
    assertEquals(ModelList.Origin.BUNDLED, rows.get(0).origin());
    assertEquals(ModelList.Origin.REGISTERED, rows.get(1).origin());
    assertEquals("LlamaForCausalLM", rows.get(1).architecture());
    assertEquals(TINY.toRealPath().toString(), rows.get(1).source());
  }

  @Test
  void aModelWhoseTemplateCannotBeUsedSaysSo() throws Exception {
    ModelShow.Card card = run(new ModelShow(), "tiny-chat");
    assertNull(card.templateProblem());
    Path copy = copyOfTiny();
    Files.writeString(copy.resolve("chat_template.jinja"), "{% include 'other' %}");
    card = run(new ModelShow(), copy.toString());
    ModelText.Fact last =
        ModelText.facts(card).stream()
            .filter(fact -> fact.label().equals("not usable"))
            .findFirst()
            .orElseThrow();
    assertTrue(last.text().contains("chat template"), last.text());
  }

  @Test
  void aModelThatIsDamagedOrGoneIsListedWithItsProblem() throws Exception {
    Path copy = copyOfTiny();
    run(new ModelPull(), copy.toString(), "--name", "mine");
    Path weights = copy.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertTrue(
        String.valueOf(run(new ModelList()).models().get(1).problem()).contains("truncated"));
    CommandException damaged =
        assertThrows(CommandException.class, () -> run(new ModelShow(), "mine"));
    assertEquals(ExitCode.FAILED, damaged.exitCode());
    assertThrows(IllegalArgumentException.class, () -> run(new ModelShow(), "mine", "--rows=0"));
    Files.move(copy, home.resolve("elsewhere"));
    assertTrue(String.valueOf(run(new ModelList()).models().get(1).problem()).contains("is gone"));
  }

  @Test
  void aModelThatMayNotBeReadHidesNoOther() throws Exception {
    Path copy = copyOfTiny();
    run(new ModelPull(), copy.toString(), "--name", "mine");
    Path config = copy.resolve("config.json");
    assumeTrue(config.toFile().setReadable(false) && !Files.isReadable(config));
    List<ModelList.Row> rows = run(new ModelList()).models();
    assertNull(rows.get(0).problem());
    assertTrue(String.valueOf(rows.get(1).problem()).contains("config.json"));
  }

  @Test
  void aNameIsRemovedAndWhatItNamedStays() throws Exception {
    Path copy = copyOfTiny();
    run(new ModelPull(), copy.toString(), "--name", "mine");
    ModelRemove.Removed removed = run(new ModelRemove(), "mine");
    assertEquals(0, removed.freedBytes());
    assertTrue(Files.exists(copy.resolve("model.safetensors")));
    assertEquals(1, run(new ModelList()).models().size());
    assertTrue(refusal(new ModelRemove(), "mine").contains("none was pulled or named"));
    assertTrue(refusal(new ModelRemove(), "tiny-chat").contains("came with the product"));
  }

  @Test
  void whatWasPulledIsDeletedUnlessRunsNeedIt() throws Exception {
    Path pulled = Files.createDirectories(home.resolve("models"));
    Files.move(copyOfTiny(), pulled.resolve("mine"));
    Files.writeString(
        pulled.resolve("mine/pulled.json"), "{\"source\": \"a/b\", \"revision\": \"c0ffee\"}");
    String[] small = {"--tasks-per-step", "1", "--group-size", "2", "--validation-tasks", "2"};
    String[] train = {"--model", "mine", "--data", "json", "--steps", "1", "--name", "user"};
    run(new Train(), Stream.of(train, small).flatMap(Stream::of).toArray(String[]::new));
    String message = refusal(new ModelRemove(), "mine");
    assertTrue(message.startsWith("1 run was trained from mine (user"), message);
    ModelRemove.Removed removed = run(new ModelRemove(), "mine", "--force");
    assertTrue(removed.freedBytes() > 1_000_000, removed.toString());
    assertEquals(1, removed.runs().size());
    assertTrue(Files.notExists(pulled.resolve("mine")));
    assertEquals(List.of(), DurableFile.list(pulled.resolve(".pull")));
  }

  private Path copyOfTiny() throws IOException {
    Path copy = Files.createDirectory(home.resolve("copy"));
    for (String file :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
      Files.copy(TINY.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  @Test
  void aModelWhoseTemplateCannotBeReadIsKeptForItsUserToRepair() throws Exception {
    Path copy = copyOfTiny();
    Files.writeString(copy.resolve("chat_template.jinja"), "{% for m in messages %}{{ m.role }");
    assertEquals(869_504, run(new ModelPull(), copy.toString(), "--name", "mine").parameters());
  }

  @Test
  void aTemplateThatIsNotUtf8IsNamed() throws Exception {
    Path copy = copyOfTiny();
    Path template = copy.resolve("chat_template.jinja");
    Files.write(template, new byte[] {'{', (byte) 0xE4, '}'});
    assertEquals(
        template + " is not UTF-8 text: save it as UTF-8, or fetch it again",
        assertThrows(IllegalArgumentException.class, () -> ChatTemplate.load(copy)).getMessage());
    assertEquals(869_504, run(new ModelPull(), copy.toString(), "--name", "mine").parameters());
  }

  @Test
  void aFolderThatMayNotBeReadIsNamed() throws Exception {
    Path copy = copyOfTiny();
    assumeTrue(copy.toFile().setExecutable(false) && !Files.isExecutable(copy));
    try {
      assertEquals(
          "the model folder " + copy + " may not be read by you: chmod u+rx " + copy,
          refusal(new ModelPull(), copy.toString(), "--name", "mine"));
    } finally {
      assertTrue(copy.toFile().setExecutable(true));
    }
  }

  @Test
  void aTokenizerOfAnotherModelGetsNoName() throws Exception {
    Path copy = copyOfTiny();
    Path tokenizer = copy.resolve("tokenizer.json");
    String flags =
        "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true";
    String other = "\"added_tokens\" : [ {\"id\":600,\"content\":\"<|other|>\"," + flags + "}, ";
    Files.writeString(
        tokenizer, Files.readString(tokenizer).replace("\"added_tokens\" : [ ", other));
    String message = refusal(new ModelPull(), copy.toString(), "--name", "mine");
    assertTrue(message.contains("has tokens up to 600"), message);
  }

  @Test
  void aDamagedFolderGetsNoName() throws Exception {
    Path copy = copyOfTiny();
    Files.delete(copy.resolve("model.safetensors"));
    Files.writeString(copy.resolve("pytorch_model.bin"), "");
    String message = refusal(new ModelPull(), copy.toString(), "--name", "mine");
    assertTrue(message.contains("pytorch_model.bin is never read"), message);
    assertEquals(1, run(new ModelList()).models().size());
  }

  @Test
  void whatIsNoModelIsRefusedWithTheReason() throws Exception {
    Path pickle = Files.writeString(home.resolve("m.pt"), "");
    assertEquals(
        pickle
            + " is a pickle checkpoint, which is never read, because loading one can run code:"
            + " convert it to safetensors, and give the folder",
        refusal(new ModelShow(), pickle.toString()));
    assertTrue(refusal(new ModelPull(), pickle.toString()).contains("is a pickle checkpoint"));
    Path gguf = Files.writeString(home.resolve("m.gguf"), "");
    assertTrue(refusal(new ModelShow(), gguf.toString()).contains("is no GGUF file"));
    Path tensors = TINY.resolve("model.safetensors");
    assertTrue(refusal(new ModelShow(), tensors.toString()).contains("give the folder"));
    assertTrue(refusal(new ModelPull(), home.toString()).contains("has no config.json"));
    assertTrue(refusal(new ModelPull(), "nothing").contains("is no model to fetch"));
    assertTrue(
        refusal(new ModelPull(), "https://huggingface.co/owner/name/tree/v2")
            .contains("give OWNER/NAME of a Hugging Face repository (with --revision for"));
    assertTrue(refusal(new ModelShow(), "owner/name").endsWith("with rft model pull owner/name"));
  }

  @Test
  void memoryFollowsTheWorkAndEndsWithTheContext() throws Exception {
    ModelShow.Card usual = run(new ModelShow(), "tiny-chat");
    assertEquals(256, usual.work().length());
    assertTrue(usual.freeBytes() > 0);
    ModelShow.Card small =
        run(new ModelShow(), "tiny-chat", "--rows=1", "--prompt-tokens=10", "--new-tokens=20");
    assertEquals(30, small.work().length());
    assertTrue(small.memory().sampling() < usual.memory().sampling());
    assertTrue(small.memory().training() < usual.memory().training());
    assertEquals(4 * 869_504, small.memory().weights());
  }
}
