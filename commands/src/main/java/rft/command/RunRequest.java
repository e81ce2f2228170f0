package rft.command;

import rft.run.RunControl;

/**
 * What a run's trainer was asked.
 *
 * @param run the run's id
 * @param command pause or stop
 */
public record RunRequest(String run, RunControl.Command command) implements Result {}
