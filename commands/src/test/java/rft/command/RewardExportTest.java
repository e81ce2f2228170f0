package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.Rft;
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
  void nothingToWriteIsRefused() {
    assertThrows(CommandException.class, () -> Rft.exportReward().reward("exact-match").run());
  }
}
