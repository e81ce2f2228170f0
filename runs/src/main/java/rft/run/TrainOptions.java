package rft.run;

/**
 * Everything that decides the course of a run, apart from the content of its files.
 *
 * @param method how the policy is changed
 * @param inputs what the run starts from and where it computes
 * @param loop how long the run is and what one step takes in
 * @param sampling how rollouts are sampled
 * @param loss which loss, and its constants
 * @param optimizer how gradients become weights
 * @param adapter which weights are trained
 * @param validation how often the run measures itself
 * @param checkpoint how often it can be resumed from
 * @param reward how long a reward may take, and what happens when it fails
 * @param seed key of every random draw
 */
public record TrainOptions(
    Method method,
    RunInputs inputs,
    LoopOptions loop,
    SamplingOptions sampling,
    LossOptions loss,
    OptimizerOptions optimizer,
    AdapterOptions adapter,
    ValidationOptions validation,
    CheckpointOptions checkpoint,
    RewardOptions reward,
    long seed) {
  public TrainOptions {
    if (sampling.temperature() == 0 && method != Method.SFT_REFERENCE) {
      throw new IllegalArgumentException(
          "temperature (0.0) must be above 0 for training: greedy rollouts of a task are all the"
              + " same");
    }
  }

  /** Returns GRPO on an adapter with the standard options of each part. */
  public static TrainOptions standard(RunInputs inputs) {
    return new TrainOptions(
        Method.GRPO,
        inputs,
        LoopOptions.standard(),
        SamplingOptions.standard(),
        LossOptions.standard(LossKind.DAPO),
        OptimizerOptions.standard(1e-5),
        AdapterOptions.standard(),
        ValidationOptions.standard(),
        CheckpointOptions.standard(),
        RewardOptions.standard(),
        1);
  }

  /**
   * Returns the options that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is no JSON, lacks an option, has one that does not
   *     exist or one with a value that is refused; the message names it
   */
  public static TrainOptions fromJson(String json) {
    return RunJson.read(json, TrainOptions.class, "options");
  }

  /** Returns the options as indented JSON. */
  public String toJson() {
    return RunJson.write(this);
  }

  /** Returns these options for another method. */
  public TrainOptions withMethod(Method method) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options for other inputs. */
  public TrainOptions withInputs(RunInputs inputs) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options with another loop. */
  public TrainOptions withLoop(LoopOptions loop) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options with another way to sample. */
  public TrainOptions withSampling(SamplingOptions sampling) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options with another optimizer. */
  public TrainOptions withOptimizer(OptimizerOptions optimizer) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options with another validation. */
  public TrainOptions withValidation(ValidationOptions validation) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options with other checkpoints. */
  public TrainOptions withCheckpoint(CheckpointOptions checkpoint) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }

  /** Returns these options with another seed. */
  public TrainOptions withSeed(long seed) {
    return new TrainOptions(
        method,
        inputs,
        loop,
        sampling,
        loss,
        optimizer,
        adapter,
        validation,
        checkpoint,
        reward,
        seed);
  }
}
