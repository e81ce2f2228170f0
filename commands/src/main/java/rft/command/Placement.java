package rft.command;

import rft.run.RunInputs;

/**
 * Where and how a model computes.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param threads that compute
 * @param precision of the frozen weights: {@code f32}, {@code bf16} or {@code f16}
 */
record Placement(String device, int threads, String precision) {
  Placement {
    RunInputs.checkMachine(device, threads, precision);
  }

  /** Returns where a run computes. */
  static Placement of(RunInputs inputs) {
    return new Placement(inputs.device(), inputs.threads(), inputs.precision());
  }
}
