package rft.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import rft.dataset.Split;
import rft.policy.Precision;
import rft.pull.PackagePull;
import rft.reward.FailurePolicy;
import rft.run.AdvantageScale;
import rft.run.LossKind;
import rft.run.Method;
import rft.run.RunHome;
import rft.run.Schedule;
import rft.sample.SampleKind;
import rft.sample.SampleTask;
import rft.template.ReadyReward;
import rft.template.RewardTemplates;

/**
 * What an option may be set to, for completion: objects by name, newest runs first, and the
 * constants of closed choices. Each class is named by the {@code completionCandidates} of an
 * option.
 */
public final class Names {
  private Names() {}

  /** A list that is made anew for every completion. */
  abstract static class Listed implements Iterable<String> {
    private final Supplier<Stream<String>> names;

    Listed(Supplier<Stream<String>> names) {
      this.names = names;
    }

    @Override
    public Iterator<String> iterator() {
      return names.get().distinct().iterator();
    }
  }

  private static Stream<String> named(Class<?> type) {
    return Workspace.current().names(type).stream();
  }

  private static Stream<String> runIds() {
    try {
      return RunHome.standard().ids().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** Named datasets, then sample datasets. */
  public static final class Datasets extends Listed {
    /** For picocli. */
    public Datasets() {
      super(
          () ->
              Stream.concat(
                  named(rft.dataset.Dataset.class),
                  Installation.current().sampleDatasets().stream()));
    }
  }

  /** Named rewards, then ready ones. */
  public static final class Rewards extends Listed {
    /** For picocli. */
    public Rewards() {
      super(
          () ->
              Stream.concat(named(rft.reward.RewardUnit.class), RewardTemplates.names().stream()));
    }
  }

  /** How rewards decide, and those that are somebody's own. */
  public static final class RewardKinds extends Listed {
    /** For picocli. */
    public RewardKinds() {
      super(() -> all().stream());
    }

    static List<String> all() {
      Stream<String> ready =
          Arrays.stream(ReadyReward.Kind.values()).map(ReadyReward.Kind::jsonName);
      return Stream.concat(ready, Stream.of("named")).toList();
    }
  }

  /** What is fetched by a name of its own. */
  public static final class Pullable extends Listed {
    /** For picocli. */
    public Pullable() {
      super(() -> Stream.of(PackagePull.NAME));
    }
  }

  /** Models that were pulled or named, which can be removed. */
  public static final class OwnModels extends Listed {
    /** For picocli. */
    public OwnModels() {
      super(() -> ModelNames.storedNames(Installation.current().models().store()));
    }
  }

  /** Named models, then bundled and pulled ones, then what can be taken from a run. */
  public static final class Models extends Listed {
    /** For picocli. */
    public Models() {
      super(
          () ->
              Stream.of(
                      named(Model.class),
                      ModelNames.names(Installation.current()).stream(),
                      named(Run.class),
                      runIds())
                  .flatMap(names -> names));
    }
  }

  /** Named runs, then every run's id, newest first. */
  public static final class Runs extends Listed {
    /** For picocli. */
    public Runs() {
      super(() -> Stream.concat(named(Run.class), runIds()));
    }
  }

  /** Named groups of rollouts. */
  public static final class Rollouts extends Listed {
    /** For picocli. */
    public Rollouts() {
      super(() -> named(SampleRollouts.Report.class));
    }
  }

  /** The tasks that sample datasets are made of. */
  public static final class SampleTasks extends Listed {
    /** For picocli. */
    public SampleTasks() {
      super(() -> Arrays.stream(SampleTask.values()).map(SampleTask::taskName));
    }
  }

  /** The tasks that datasets are made of, with those for a real language model. */
  public static final class SampleKinds extends Listed {
    /** For picocli. */
    public SampleKinds() {
      super(() -> SampleKind.all().map(SampleKind::taskName));
    }
  }

  /** Ways to change a policy. */
  public static final class Methods extends Listed {
    /** For picocli. */
    public Methods() {
      super(() -> Arrays.stream(Method.values()).map(Method::jsonName));
    }
  }

  /** Losses. */
  public static final class Losses extends Listed {
    /** For picocli. */
    public Losses() {
      super(() -> Arrays.stream(LossKind.values()).map(LossKind::jsonName));
    }
  }

  /** What centred rewards are divided by. */
  public static final class Advantages extends Listed {
    /** For picocli. */
    public Advantages() {
      super(() -> Arrays.stream(AdvantageScale.values()).map(AdvantageScale::jsonName));
    }
  }

  /** Courses of the learning rate. */
  public static final class Schedules extends Listed {
    /** For picocli. */
    public Schedules() {
      super(() -> Arrays.stream(Schedule.values()).map(Schedule::jsonName));
    }
  }

  /** What happens to a rollout whose reward failed. */
  public static final class FailureActions extends Listed {
    /** For picocli. */
    public FailureActions() {
      super(() -> Arrays.stream(FailurePolicy.Action.values()).map(FailurePolicy.Action::jsonName));
    }
  }

  /** The parts of a dataset. */
  public static final class Splits extends Listed {
    /** For picocli. */
    public Splits() {
      super(() -> Arrays.stream(Split.values()).map(Split::jsonName));
    }
  }

  /** What the colour of a token may mean. */
  public static final class Colours extends Listed {
    /** For picocli. */
    public Colours() {
      super(() -> Arrays.stream(TokenColour.values()).map(TokenColour::optionName));
    }
  }

  /** How frozen weights are held. */
  public static final class Precisions extends Listed {
    /** For picocli. */
    public Precisions() {
      super(() -> Arrays.stream(Precision.values()).map(Precision::text));
    }
  }

  /** Where to compute. */
  public static final class Devices extends Listed {
    /** For picocli. */
    public Devices() {
      super(() -> Stream.of(Model.CPU, "cuda:0"));
    }
  }
}
