package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import rft.Rft;
import rft.command.RewardList;
import rft.command.RewardTest;
import rft.reward.Score;
import rft.template.RewardTemplates;

final class ReadyRewardViewsTest {
  @Test
  void theListOfRewardsSaysWhatEachIsAndNeeds() {
    String text =
        Views.text(
            new RewardList.Rewards(
                List.of(
                    new RewardList.Row("len", false, "named", List.of(), "One value."),
                    new RewardList.Row("x", true, "rule", List.of("reference"), "Rewards x."))));
    assertEquals(
        "reward  kind   what it is  needs\nlen     named  One value.\n"
            + "x       rule   Rewards x.  reference",
        text);
  }

  @Test
  void aReadyRewardShowsACellToCopy() throws IOException, InterruptedException {
    String text = Views.text(Rft.call("reward show", "number-match"));
    assertTrue(text.contains("Rewards a completion whose number after ####"), text);
    assertTrue(text.contains("%%reward numberMatch\n"), text);
    assertTrue(
        text.contains(RewardTemplates.named("number-match").source().lines().toList().get(0)));
    assertTrue(text.contains("must get"), text);
  }

  @Test
  void examplesThatFailStandFirstAndHostileTextIsText() {
    RewardTest.Row bad =
        new RewardTest.Row(
            "f", "a", "<b>?", "2", "<script>", "at most 0", Score.of(1), false, "two answers");
    RewardTest.Row good = new RewardTest.Row("f", "b", "?", "2", "2", "1", Score.of(1), true, null);
    RewardTest.Report report =
        new RewardTest.Report("mine", "ab".repeat(32), null, List.of(good, bad));
    String text = Views.text(report);
    assertTrue(text.startsWith("reward mine  1 of 2 examples pass\n"), text);
    assertTrue(text.contains("1 of 2 examples of mine fail"), text);
    assertTrue(text.indexOf("FAILS") < text.indexOf("passes"), text);
    String html = String.valueOf(Views.bundle(report).getData(MIMEType.TEXT_HTML));
    assertFalse(html.contains("<script>") || html.contains("<b>?"), html);
  }
}
