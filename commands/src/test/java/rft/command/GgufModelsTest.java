package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class GgufModelsTest {
  private static final Path CONVERTED =
      Path.of(System.getProperty("rft.root"))
          .resolve("training/src/test/resources/rft/gguf/converted.gguf");

  /** Remembers what it is told. */
  private static final class Ear implements Progress {
    private final List<String> said = new ArrayList<>();

    @Override
    public void report(Update update) {}

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }
  }

  @TempDir Path home;
  private Path file = Path.of("");
  private String before = "";

  @BeforeEach
  void useHome() throws IOException {
    before = System.getProperty("rft.home", "");
    System.setProperty("rft.home", home.resolve("rft").toString());
    file = Files.copy(CONVERTED, home.resolve("my model.gguf"));
  }

  @AfterEach
  void restoreHome() {
    if (before.isEmpty()) {
      System.clearProperty("rft.home");
    } else {
      System.setProperty("rft.home", before);
    }
  }

  @Test
  void aFileGivenAsModelIsOneFromItsFirstUseOnAndIsSaidToBeOnce() throws Exception {
    Ear ear = new Ear();
    ModelShow.Card card = new ModelShow(file.toString()).heard(ear);
    Path folder = Path.of(card.folder());
    String name = String.valueOf(folder.getFileName());
    assertTrue(name.matches("my-model-[0-9a-f]{8}"), name);
    assertEquals(
        List.of(file + " is opened as the model " + name + ", in " + folder), ear.said, "said");
    assertEquals(256, card.tokens());
    assertEquals(card.folder(), new ModelShow(file.toString()).heard(ear).folder());
    assertEquals(card.folder(), new ModelShow(name).heard(ear).folder());
    assertEquals(1, ear.said.size());
    assertEquals(folder, Installation.current().model(file.toString()));
    assertTrue(Files.exists(file), "the file stays");
  }

  @Test
  void aFileWithoutATemplateIsKeptAndTheFolderThatWaitsForOneIsNamed() throws Exception {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file,
        bytes.replace("tokenizer.chat_template", "tokenizer.chat_tempXate"),
        StandardCharsets.ISO_8859_1);
    Ear ear = new Ear();
    ModelPull verb = new ModelPull();
    new CommandLine(verb).parseArgs(file.toString(), "--name", "mine");
    String model = verb.run(ear).folder();
    assertEquals(1, ear.said.size());
    assertTrue(ear.said.get(0).startsWith(model + " has no chat template"), ear.said.get(0));
    assertTrue(Files.isDirectory(Path.of(model)));
  }

  @Test
  void aFileThatWasWrittenAnewIsAnotherModel() throws IOException {
    Path first = Installation.current().model(file.toString());
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Path second = Installation.current().model(file.toString());
    assertTrue(!first.equals(second), second.toString());
  }

  @Test
  void aFileThatIsNoModelIsRefusedAndLeavesNoName() throws IOException {
    Files.writeString(file, "GGML");
    CommandException refusal =
        assertThrows(CommandException.class, () -> Installation.current().model(file.toString()));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith(file + " is no GGUF file"), message);
    assertEquals(List.of(), Installation.current().models().store().names());
  }
}
