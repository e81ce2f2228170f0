package rft;

import rft.command.Deploy;
import rft.command.Run;

/** The options of {@code deploy}, to be run at the end. */
public final class DeployCall extends Call<Deploy.Deployment, DeployCall> {
  DeployCall() {
    super(Deploy::new);
  }

  /** The run's id (rft runs list). */
  public DeployCall run(String id) {
    return set(POSITIONAL, id);
  }

  /** The run's id (rft runs list). */
  public DeployCall run(Run run) {
    return set(POSITIONAL, run);
  }

  /** Of the checkpoint (default: the best by validation, else the last). */
  public DeployCall step(int value) {
    return set("--step", value);
  }

  /** Take it away again. */
  public DeployCall off() {
    return flag("--off");
  }
}
