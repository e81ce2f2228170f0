package rft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import rft.command.CommandException;
import rft.command.RewardTry;
import rft.command.SampleRollouts;
import rft.command.Train;
import rft.command.Workspace;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.lab.VerdictDiff;
import rft.reward.RewardUnit;
import rft.reward.Score;

/** Calls and the command line set the same options: none is declared twice, none is missing. */
final class CallsTest {
  private static final Map<String, Call<?, ?>> CALLS =
      Map.ofEntries(
          Map.entry("train", Rft.train()),
          Map.entry("evaluate", Rft.evaluate()),
          Map.entry("rollout", Rft.rollout()),
          Map.entry("compare", Rft.compare()),
          Map.entry("chat", Rft.chat()),
          Map.entry("deploy", Rft.deploy()),
          Map.entry("inspect", Rft.inspect()),
          Map.entry("reward try", Rft.score()),
          Map.entry("reward test", Rft.test()),
          Map.entry("reward serve", Rft.serveReward()),
          Map.entry("reward export", Rft.exportReward()),
          Map.entry("reward card", Rft.card()),
          Map.entry("reward diff", Rft.diff()),
          Map.entry("reward probe", Rft.probe()),
          Map.entry("reward break", Rft.breakReward()),
          Map.entry("grader run", Rft.grade()),
          Map.entry("judge ask", Rft.ask()),
          Map.entry("judge check", Rft.check()),
          Map.entry("runs export", Rft.export()));

  /** Methods that begin a call and are not called after the last word of its verb. */
  private static final Map<String, String> STARTS =
      Map.of(
          "reward try", "score",
          "grader run", "grade",
          "reward break", "breakReward",
          "reward serve", "serveReward",
          "reward export", "exportReward");

  static List<String> verbs() {
    return CALLS.keySet().stream().sorted().toList();
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  @Test
  void onlyAGpuHasMemoryOfItsOwn() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Rft.memory("cpu"));
    assertTrue(String.valueOf(e.getMessage()).contains("name a GPU"), e.getMessage());
    String none = "cuda:" + Rft.gpus();
    assertThrows(IllegalArgumentException.class, () -> Rft.memory(none));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyOptionHasAMethodAndEveryMethodAnOption(String verb) {
    Call<?, ?> call = CALLS.get(verb);
    List<String> wanted = new ArrayList<>();
    for (ArgSpec argument : new CommandLine(Rft.verb(verb)).getCommandSpec().args()) {
      wanted.add(JavaText.method(argument));
      if (Map.class.isAssignableFrom(argument.type())) {
        wanted.add("weight");
      }
    }
    List<String> found =
        Arrays.stream(call.getClass().getMethods())
            .filter(method -> Call.class.isAssignableFrom(method.getReturnType()))
            .map(Method::getName)
            .filter(name -> !name.equals("progress"))
            .distinct()
            .toList();
    assertEquals(wanted.stream().distinct().sorted().toList(), found.stream().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyMethodSetsItsOwnOption(String verb) throws ReflectiveOperationException {
    Class<?> type = CALLS.get(verb).getClass();
    for (ArgSpec argument : new CommandLine(Rft.verb(verb)).getCommandSpec().args()) {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(JavaText.method(argument))
            && Call.class.isAssignableFrom(method.getReturnType())
            && method.getParameterCount() == (argument.arity().max() == 0 ? 0 : 1)) {
          setsOwn(verb, argument, method);
        }
      }
    }
  }

  /** One method may set an option and a positional of the same name; it then is one of the two. */
  private static void setsOwn(String verb, ArgSpec argument, Method method)
      throws ReflectiveOperationException {
    Object value = method.getParameterCount() == 0 ? null : value(method.getParameterTypes()[0]);
    if (method.getParameterCount() == 1 && value == null) {
      return;
    }
    Call<?, ?> fresh = (Call<?, ?>) Rft.class.getMethod(start(verb)).invoke(null);
    method.setAccessible(true);
    method.invoke(fresh, value == null ? new Object[0] : new Object[] {value});
    try (LentNames names = new LentNames()) {
      String text = fresh.arguments(names).get(0);
      String option =
          argument instanceof OptionSpec named ? named.longestName() : "--" + method.getName();
      boolean bare = argument.isPositional() && !text.startsWith("--");
      boolean own = bare || text.split("=")[0].equals(option);
      assertTrue(own, verb + " " + method + " sets " + text);
    }
  }

  private static String start(String verb) {
    return STARTS.getOrDefault(verb, verb.substring(verb.lastIndexOf(' ') + 1));
  }

  private static Object value(Class<?> type) {
    return type == String.class
        ? "x"
        : type == int.class
            ? 3
            : type == long.class ? (Object) 3L : type == double.class ? 0.5 : null;
  }

  @Test
  void aCallAndItsCommandLineGiveEqualOptions() {
    Map<String, Object> shell =
        options(
            new Train(),
            "--data=addition --steps=20 --lr=0.002 --full --targets=q_proj,k_proj --seed=7"
                .split(" "));
    Call<?, ?> call =
        Rft.train()
            .data("addition")
            .steps(3)
            .steps(20)
            .lr(2e-3)
            .full()
            .targets("q_proj", "k_proj")
            .seed(7);
    try (LentNames names = new LentNames()) {
      assertEquals(shell, options(new Train(), call.arguments(names).toArray(String[]::new)));
    }
  }

  private static Map<String, Object> options(Object verb, String... arguments) {
    CommandLine parser = new CommandLine(verb);
    parser.parseArgs(arguments);
    Map<String, Object> options = new TreeMap<>();
    for (ArgSpec argument : parser.getCommandSpec().args()) {
      Object value = argument.getValue();
      options.put(JavaText.method(argument), String.valueOf(value));
    }
    return options;
  }

  @Test
  void objectsAreTakenAndGivenBack() throws Exception {
    Dataset dataset = Rft.dataset("my data", List.of(Task.of("a", "1+1?", "2")));
    RewardUnit reward = Rft.reward("len", "return completion.length() == 1;");
    RewardTry.Report report = Rft.score().reward(reward).data(dataset).weights(Map.of()).run();
    assertEquals("len", report.reward());
    assertEquals(1, report.references().fullMarks());
    assertEquals(Map.of(), Workspace.current().entries());
    assertTrue(Workspace.current().get("len").isEmpty());
  }

  @Test
  void twoObjectsOfOneNameStayApart() throws Exception {
    RewardUnit one = Rft.reward("r", "return 1;");
    RewardUnit zero = Rft.reward("r", "return 0;");
    Dataset dataset = Rft.dataset("d", List.of(Task.of("a", "1+1?", "2")));
    SampleRollouts.Report answers =
        new SampleRollouts.Report(
            List.of(
                new SampleRollouts.Group(
                    "a",
                    "1+1?",
                    "2",
                    List.of(new SampleRollouts.Sampled("2", 1, "stop", 0, Score.of(0))))),
            List.of());
    VerdictDiff diff =
        Rft.diff().reward(zero).reward(one).data(dataset).rollouts(answers).run().diff();
    assertEquals(1, diff.flips().gained());
    assertEquals(0, diff.flips().lost());
  }

  @Test
  void aWrongOptionIsOneSentence() {
    assertThrows(CommandException.class, () -> Rft.call("train", "--stepps=3"));
    assertThrows(CommandException.class, () -> Rft.evaluate().run());
    CommandException unknown = assertThrows(CommandException.class, () -> Rft.call("tran"));
    assertEquals("unknown verb tran; did you mean train?", unknown.getMessage());
  }
}
