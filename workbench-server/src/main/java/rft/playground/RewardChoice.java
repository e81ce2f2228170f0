package rft.playground;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.dataset.NearestName;
import rft.reward.RewardUnit;
import rft.run.RunHome;
import rft.template.RewardTemplates;

/**
 * What judges answers: a run's own reward, or a ready one. Never a path: the page names no files.
 *
 * @param run whose reward, the one it began with; null for a ready reward
 * @param name of a ready reward; null for a run's
 */
record RewardChoice(@Nullable String run, @Nullable String name) {
  RewardChoice {
    if ((run == null) == (name == null)) {
      throw new IllegalArgumentException("a reward is either of a run (run) or a ready one (name)");
    }
  }

  /**
   * Returns the reward, of which no class is loaded.
   *
   * @throws CommandException if there is none of this name, naming the nearest
   */
  RewardUnit unit(RunHome home) throws IOException {
    if (run != null) {
      return RewardUnit.readJar(home.open(run).rewardJar());
    }
    List<String> names = RewardTemplates.names();
    if (name == null || !names.contains(name)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "there is no ready reward " + name + NearestName.hint(String.valueOf(name), names));
    }
    return RewardTemplates.unit(name);
  }
}
