package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.lambda.RemoteLanguage;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;
import rft.template.RewardTemplates;

/** The command in a process of its own, as the reward of another. */
final class ServedRewardTest {
  @Test
  void theCommandOnStandardInputGivesTheVerdictsOfTheRewardItself() throws Exception {
    Task task = Task.of("sum", "1 + 2?", "3");
    List<Completion> group =
        List.of(Completion.of("#### 3"), Completion.of("#### 4"), Completion.of("3"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "command:'%s' -cp '%s' rft.cli.Main reward serve number-match --stdio"
            .formatted(java, System.getProperty("java.class.path"));

    GroupReward served = new RemoteLanguage().load("served", command);

    List<Verdict> local = RewardTemplates.unit("number-match").load().score(task, group);
    assertEquals(
        local.stream().map(Verdict::reward).toList(),
        served.score(task, group).stream().map(Verdict::reward).toList());
  }
}
