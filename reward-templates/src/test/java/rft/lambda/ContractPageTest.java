package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import rft.reward.Failure;
import rft.template.RewardTemplates;

/** What the page on the contract shows is so. */
final class ContractPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("rft.root", ".."), "docs/bedrock-rewards.md");

  @Test
  void theEventOfThePageGetsItsReply() throws Exception {
    List<String> blocks =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .toList();
    ObjectMapper json = new ObjectMapper();

    try (LambdaFunction function =
        new LambdaFunction(RewardTemplates.unit("number-match"), Duration.ofSeconds(5), 1)) {
      assertEquals(2, blocks.size());
      assertEquals(
          json.readTree(blocks.get(1)), json.readTree(function.answer(blocks.get(0)).json()));
    }
  }

  @Test
  void theNamesOfThePageAreThoseOfTheProduct() throws Exception {
    String page = Files.readString(PAGE);
    for (String name :
        List.of(
            RewardHandler.HANDLER,
            RewardHandler.SECONDS,
            RemoteLanguage.HOSTS,
            RemoteLanguage.TOKEN,
            LambdaJar.PYTHON_HANDLER)) {
      assertTrue(page.contains(name), name);
    }
    Pattern.compile("`([A-Z]+_[A-Z_]+|TIMEOUT|THROTTLED|SERVICE|UNREADABLE|EXCEPTION)`")
        .matcher(page)
        .results()
        .map(kind -> kind.group(1))
        .filter(kind -> !kind.startsWith("RFT_"))
        .forEach(Failure.Kind::valueOf);
    RemoteAddress example =
        RemoteAddress.parse(
            page.substring(
                page.indexOf("http://127.0.0.1:8099/#"),
                page.indexOf("`", page.indexOf("http://127.0.0.1:8099/#"))));
    assertEquals(16, example.batch());
  }
}
