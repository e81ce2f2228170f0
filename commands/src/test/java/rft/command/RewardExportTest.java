package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.Rft;
import rft.grader.Grader;
import rft.reward.RewardUnit;
import rft.template.RewardTemplates;

final class RewardExportTest {
  @TempDir Path folder;

  @Test
  void oneRewardIsWrittenInEachForm() throws Exception {
    RewardExport.Written written =
        Rft.exportReward()
            .reward("exact-match")
            .lambda(folder.resolve("lambda.jar"))
            .jar(folder.resolve("unit.jar"))
            .source(folder.resolve("ExactMatch.java"))
            .run();

    assertEquals(
        RewardTemplates.named("exact-match").source(),
        Files.readString(folder.resolve("ExactMatch.java")));
    assertEquals(written.sha256(), RewardUnit.readJar(folder.resolve("unit.jar")).sha256());
    String text = written.text().orElseThrow();
    RewardExport.WrittenFile lambda = written.files().get(0);
    assertEquals(Files.size(folder.resolve("lambda.jar")), lambda.bytes());
    assertTrue(text.contains("handler rft.lambda.RewardHandler::handle"), text);
    assertTrue(text.contains("%,d bytes".formatted(lambda.bytes())), text);
  }

  @Test
  void aRewardThatIsElsewhereIsNoFunction() {
    CommandException refused =
        assertThrows(
            CommandException.class,
            () ->
                Rft.exportReward()
                    .reward("http://127.0.0.1:9/")
                    .lambda(folder.resolve("x.jar"))
                    .run());

    assertTrue(
        String.valueOf(refused.getMessage())
            .endsWith("is written in remote: only Java and Python become a Lambda function"));
  }

  @Test
  void aPythonRewardWithoutAHandlerIsNoFunction() throws Exception {
    Path mine =
        Files.writeString(
            folder.resolve("mine.py"), "def reward(completion, answer):\n  return 1.0\n");
    Path out = folder.resolve("x.zip");
    CommandException refused =
        assertThrows(
            CommandException.class, () -> Rft.exportReward().reward(mine).lambda(out).run());

    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith("the reward mine has no lambda_handler(event, context)"),
        refused.getMessage());
    assertFalse(Files.exists(out));
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyIfForced() throws Exception {
    Path there = Files.writeString(folder.resolve("r.py"), "my work");
    Path other = folder.resolve("r.jar");
    CommandException refused =
        assertThrows(
            CommandException.class,
            () -> Rft.exportReward().reward("exact-match").jar(other).source(there).run());

    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertEquals(there + " is already there; add --force to replace it", refused.getMessage());
    assertEquals("my work", Files.readString(there));
    assertFalse(Files.exists(other), "nothing is written where one file is refused");
    Rft.exportReward().reward("exact-match").source(there).force(true).run();
    assertEquals(RewardTemplates.named("exact-match").source(), Files.readString(there));
  }

  @Test
  void aFileInAFolderThatIsMissingIsRefused() {
    Path file = folder.resolve("missing").resolve("r.jar");
    CommandException refused =
        assertThrows(
            CommandException.class, () -> Rft.exportReward().reward("exact-match").jar(file).run());
    assertEquals(
        "--jar (%s): the folder %s does not exist; make it first".formatted(file, file.getParent()),
        refused.getMessage());
  }

  @Test
  void aGraderIsGivenBackByteForByte() throws Exception {
    String json = "{ \"type\": \"python\",\n\"source\": \"def grade(sample, item): return 1.0\" }";
    Path mine = Files.writeString(folder.resolve("mine.json"), json);
    Rft.exportReward().reward(mine).grader(folder.resolve("out.json")).run();
    assertEquals(json, Files.readString(folder.resolve("out.json")));
  }

  @Test
  void aPythonFileWithTheGradersFunctionBecomesAGrader() throws Exception {
    String source = "def grade(sample, item):\n    return 1.0\n";
    Path mine = Files.writeString(folder.resolve("mine.py"), source);
    Rft.exportReward().reward(mine).grader(folder.resolve("out.json")).run();
    Grader.Python grader =
        (Grader.Python) Grader.read(Files.readString(folder.resolve("out.json")));
    assertEquals(source, grader.source());
  }

  @Test
  void aReadyRewardBecomesAGraderAndAnotherSaysWhyNot() throws Exception {
    Path out = folder.resolve("exact.json");
    Path other = folder.resolve("json.json");
    Rft.exportReward().reward("exact-match").grader(out).run();
    assertEquals("exact-match", Grader.read(Files.readString(out)).name());
    CommandException refused =
        assertThrows(
            CommandException.class,
            () -> Rft.exportReward().reward("json-match").grader(other).run());
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("json-match is written in Java"),
        refused.getMessage());
  }

  @Test
  void nothingToWriteIsRefused() {
    assertThrows(CommandException.class, () -> Rft.exportReward().reward("exact-match").run());
  }
}
