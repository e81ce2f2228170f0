package rft.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.lambda.LambdaFunction;
import rft.lambda.LambdaStream;
import rft.lambda.RemoteLanguage;
import rft.lambda.RewardService;
import rft.reward.RewardUnit;
import rft.run.NumberText;
import rft.run.RunHome;

/** Lets a reward answer events of Amazon Bedrock's contract until it is stopped. */
@Command(
    name = "reward serve",
    description = "Let a reward answer the events of Bedrock's contract.",
    footer = "  rft reward serve number-match --port 8099")
public final class RewardServe implements Verb<RewardServe.Served> {
  private static final long POLL_MILLIS = 100;

  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port on the loopback address (default: any that is free).")
  private int port;

  @Option(
      names = "--stdio",
      description = "Answer events on standard input with lines on standard output.")
  private boolean stdio;

  @Option(names = "--no-token", description = "Let every program of this machine call it.")
  private boolean noToken;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Events answered at once (default ${DEFAULT-VALUE}).")
  private int parallel = 1;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 5;

  /** For picocli, which sets the options. */
  public RewardServe() {}

  /**
   * What was served.
   *
   * @param reward its name
   * @param events answered
   * @param errors of them that were no events, or had a rollout without a score
   * @param stdio whether they came on standard input
   * @param cutOff whether one was not JSON, so that nothing after it was read
   */
  public record Served(String reward, long events, long errors, boolean stdio, boolean cutOff)
      implements Result {
    @Override
    public ExitCode exitCode() {
      return cutOff ? ExitCode.FAILED : ExitCode.OK;
    }

    @Override
    public Optional<String> problem() {
      return cutOff
          ? Optional.of("event " + events + " is not JSON: what came after it was not read")
          : Optional.empty();
    }

    /** Returns nothing after standard input: what is printed then are replies. */
    @Override
    public Optional<String> text() {
      return Optional.of(
          stdio
              ? ""
              : reward
                  + " answered "
                  + NumberText.counted(events, "event")
                  + ", "
                  + errors
                  + " with an error");
    }
  }

  @Override
  public Served run(Progress progress) throws IOException, InterruptedException {
    if (rewardSeconds <= 0 || port < 0 || port > 65_535 || parallel < 1 || parallel > 256) {
      throw new CommandException(
          ExitCode.USAGE,
          "--reward-seconds must be above 0, --port from 0 to 65535, --parallel from 1 to 256");
    }
    RewardUnit unit = Installation.current().reward(reward);
    Duration limit = Duration.ofNanos((long) (rewardSeconds * 1e9));
    try (LambdaFunction function = new LambdaFunction(unit, limit, stdio ? 1 : parallel)) {
      return stdio ? overStreams(unit, function) : overHttp(unit, function, progress);
    }
  }

  /** What the reward itself prints goes to standard error: standard output is for replies. */
  private static Served overStreams(RewardUnit unit, LambdaFunction function)
      throws IOException, InterruptedException {
    PrintStream before = System.out;
    System.setOut(System.err);
    try (InputStream events = new FileInputStream(FileDescriptor.in);
        OutputStream replies = new FileOutputStream(FileDescriptor.out)) {
      LambdaStream.Tally tally = LambdaStream.answer(function, events, replies);
      return new Served(unit.name(), tally.events(), tally.errors(), true, tally.cutOff());
    } finally {
      System.setOut(before);
    }
  }

  private Served overHttp(RewardUnit unit, LambdaFunction function, Progress progress)
      throws IOException, InterruptedException {
    Optional<String> given =
        Optional.ofNullable(System.getenv(RemoteLanguage.TOKEN)).filter(text -> !text.isBlank());
    Optional<String> token =
        noToken ? Optional.empty() : Optional.of(given.orElseGet(RewardService::newToken));
    try (RewardService service = new RewardService(function, port, token);
        TokenFile file = new TokenFile(RunHome.standard().root(), service.address().getPort())) {
      progress.say(unit.name() + " answers POST " + service.address());
      if (noToken) {
        progress.say("every program of this machine may call it");
      } else if (given.isPresent()) {
        progress.say("its token is that of the environment's " + RemoteLanguage.TOKEN);
      } else {
        file.write(token.get());
        progress.say("export " + RemoteLanguage.TOKEN + "=\"$(cat '" + file.path() + "')\"");
      }
      while (!progress.stopRequested()) {
        Thread.sleep(POLL_MILLIS);
      }
      return new Served(unit.name(), service.events(), service.errors(), false, false);
    } catch (BindException e) {
      throw new CommandException(
          ExitCode.FAILED, "port " + port + " is taken: give another, or none", e);
    }
  }
}
