package rft;

import java.nio.file.Path;
import java.util.function.Supplier;
import rft.command.Model;
import rft.command.Result;
import rft.command.Run;
import rft.command.Verb;

/** The options that say which model a verb looks at. */
abstract class ModelCall<R extends Result, B extends ModelCall<R, B>> extends Call<R, B> {
  ModelCall(Supplier<? extends Verb<R>> verb) {
    super(verb);
  }

  /** A base model's name, a folder or a GGUF file (default: the run's base model, or tiny-chat). */
  public B model(String name) {
    return set("--model", name);
  }

  /** A base model's name, a folder or a GGUF file (default: the run's base model, or tiny-chat). */
  public B model(Path folder) {
    return set("--model", folder);
  }

  /** A base model's name, a folder or a GGUF file (default: the run's base model, or tiny-chat). */
  public B model(Model model) {
    return set("--model", model);
  }

  /** A base model's name, a folder or a GGUF file (default: the run's base model, or tiny-chat). */
  public B model(Run run) {
    return set("--model", run);
  }

  /** A PEFT adapter to switch on. */
  public B adapter(Path path) {
    return set("--adapter", path);
  }

  /** A PEFT adapter to switch on. */
  public B adapter(String path) {
    return set("--adapter", path);
  }

  /** What a run made: its best checkpoint, or that of a step. */
  public B run(String id) {
    return set("--run", id);
  }

  /** What a run made: its best checkpoint, or that of a step. */
  public B run(Run run) {
    return set("--run", run);
  }

  /** What a run made: its best checkpoint, or that of a step. */
  public B run(Run run, int step) {
    return set("--run", run.id() + "@" + step);
  }

  /** cpu or cuda:N (default: the model's own, else cpu). */
  public B device(String value) {
    return set("--device", value);
  }

  /** Threads that compute (default: the cores). */
  public B threads(int value) {
    return set("--threads", value);
  }

  /** Of frozen weights: f32, bf16 or, on a GPU, f16 (default: the model's own). */
  public B precision(String value) {
    return set("--precision", value);
  }
}
