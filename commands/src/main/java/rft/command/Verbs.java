package rft.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;

/**
 * Every verb there is, in the order in which help lists them; other modules add theirs by a {@link
 * VerbProvider}.
 */
public final class Verbs {
  private static final List<Entry> OWN =
      List.of(
          new Entry("Start", Quickstart.class),
          new Entry("Start", Doctor.class),
          new Entry("Start", ProductVersion.class),
          new Entry("Train", Train.class),
          new Entry("Train", Evaluate.class),
          new Entry("Train", SampleRollouts.class),
          new Entry("Train", Compare.class),
          new Entry("Train", Chat.class),
          new Entry("Serve", Deploy.class),
          new Entry("Runs", RunsList.class),
          new Entry("Runs", RunsShow.class),
          new Entry("Runs", RunsHealth.class),
          new Entry("Runs", Inspect.class),
          new Entry("Runs", RunsExport.class),
          new Entry("Runs", RunsPause.class),
          new Entry("Runs", RunsResume.class),
          new Entry("Runs", RunsStop.class),
          new Entry("Runs", RunsReward.class),
          new Entry("Rewards", RewardList.class),
          new Entry("Rewards", RewardShow.class),
          new Entry("Rewards", RewardTry.class),
          new Entry("Rewards", RewardTest.class),
          new Entry("Rewards", RewardCard.class),
          new Entry("Rewards", RewardDiff.class),
          new Entry("Rewards", RewardProbe.class),
          new Entry("Rewards", RewardBreak.class),
          new Entry("Rewards", RewardServe.class),
          new Entry("Rewards", RewardExport.class),
          new Entry("Rewards", GraderValidate.class),
          new Entry("Rewards", GraderRun.class),
          new Entry("Judges", JudgeAsk.class),
          new Entry("Judges", JudgeChecking.class),
          new Entry("Data", DataCheck.class),
          new Entry("Data", DataShow.class),
          new Entry("Data", DataSplit.class),
          new Entry("Data", DataMake.class),
          new Entry("Data", DataImport.class),
          new Entry("Models", ModelList.class),
          new Entry("Models", ModelPull.class),
          new Entry("Models", ModelShow.class),
          new Entry("Models", ModelExport.class),
          new Entry("Models", ModelRemove.class),
          new Entry("Models", ModelPretrain.class));

  private static final List<Entry> ALL = joined();

  private Verbs() {}

  /** Returns the verbs of this module and of every other, those of a heading together. */
  private static List<Entry> joined() {
    Map<String, List<Entry>> byHeading = new LinkedHashMap<>();
    List<Entry> verbs = new ArrayList<>(OWN);
    ServiceLoader.load(VerbProvider.class, Verbs.class.getClassLoader())
        .forEach(provider -> verbs.addAll(provider.verbs()));
    for (Entry verb : verbs) {
      byHeading.computeIfAbsent(verb.heading(), heading -> new ArrayList<>()).add(verb);
    }
    return byHeading.values().stream().flatMap(List::stream).toList();
  }

  /**
   * One verb, not yet made: only its class is known, so that listing verbs loads no engine.
   *
   * @param heading under which help lists it
   * @param type has a constructor without parameters, and its name and description in {@code
   *     Command}
   */
  public record Entry(String heading, Class<? extends Verb<?>> type) {
    /** Returns the words that call it, for example {@code data check}. */
    public String name() {
      return command().name();
    }

    /** Returns what it does in one short sentence. */
    public String summary() {
      return command().description()[0];
    }

    /** Returns the first of two words, or an empty text for a verb of one word. */
    public String group() {
      int space = name().indexOf(' ');
      return space < 0 ? "" : name().substring(0, space);
    }

    private Command command() {
      return type.getAnnotation(Command.class);
    }
  }

  public static List<Entry> all() {
    return ALL;
  }

  /** Returns the verb of this name, or empty if there is none. */
  public static Optional<Entry> named(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** Returns the verbs whose first of two words this is; empty if it is no group. */
  public static List<Entry> inGroup(String group) {
    return ALL.stream().filter(entry -> !group.isEmpty() && entry.group().equals(group)).toList();
  }
}
