package rft.command;

import org.jspecify.annotations.Nullable;
import rft.run.RunInputs;
import rft.run.TrainOptions;

/**
 * What a fork does differently from its origin, beside its options.
 *
 * @param data another dataset, or null
 * @param reward another reward, or null
 * @param name another name, or null
 */
record ForkChanges(@Nullable String data, @Nullable String reward, @Nullable String name) {
  TrainOptions over(TrainOptions from) {
    RunInputs inputs = from.inputs();
    return from.withInputs(
        new RunInputs(
            inputs.model(),
            data == null ? inputs.dataset() : data,
            reward == null ? inputs.reward() : reward,
            inputs.device(),
            inputs.threads(),
            inputs.precision()));
  }
}
