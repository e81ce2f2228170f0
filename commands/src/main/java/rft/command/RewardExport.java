package rft.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.Sha256;
import rft.grader.GraderExport;
import rft.lambda.LambdaJar;
import rft.reward.RewardUnit;
import rft.template.RewardTemplates;

/** Writes a reward for other machines. */
@Command(
    name = "reward export",
    description = "Write a reward as a Lambda function, jar, grader or source.",
    footer = "  rft reward export number-match --lambda number-match.jar")
public final class RewardExport implements Verb<RewardExport.Written> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  @Option(
      names = "--lambda",
      paramLabel = "FILE",
      description = "A Lambda function: a jar, or a zip for Python with a lambda_handler.")
  private @Nullable Path lambda;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The reward as runs keep it: source, classes and libraries.")
  private @Nullable Path jar;

  @Option(
      names = "--grader",
      paramLabel = "FILE",
      description = "An OpenAI grader's JSON, where there is an equal one.")
  private @Nullable Path grader;

  @Option(names = "--source", paramLabel = "FILE", description = "The source, byte for byte.")
  private @Nullable Path source;

  @Option(names = "--force", description = "Replace files that are already there.")
  private boolean force;

  /** For picocli, which sets the options. */
  public RewardExport() {}

  /**
   * What was written.
   *
   * @param reward its name
   * @param sha256 of the reward, whichever file it is in
   * @param files one for each form asked for
   */
  public record Written(String reward, String sha256, List<WrittenFile> files) implements Result {
    public Written {
      files = List.copyOf(files);
    }

    @Override
    public Optional<String> text() {
      StringBuilder text = new StringBuilder("reward " + reward + " " + sha256 + "\n");
      for (WrittenFile file : files) {
        text.append(
            "  %-6s  %s, %,d bytes, sha256 %s%n"
                .formatted(file.form(), file.file(), file.bytes(), file.sha256().substring(0, 12)));
        if (file.handler() != null) {
          text.append("          handler ").append(file.handler()).append('\n');
        }
      }
      return Optional.of(text.toString().stripTrailing());
    }
  }

  /**
   * One file.
   *
   * @param form {@code lambda}, {@code jar}, {@code grader} or {@code source}
   * @param file its path
   * @param bytes its size
   * @param sha256 of its bytes
   * @param handler what the function's configuration names as its handler; null for other forms
   */
  public record WrittenFile(
      String form, String file, long bytes, String sha256, @Nullable String handler) {
    static WrittenFile of(String form, Path file, @Nullable String handler) throws IOException {
      byte[] content = Files.readAllBytes(file);
      return new WrittenFile(form, file.toString(), content.length, hash(content), handler);
    }

    private static String hash(byte[] content) {
      MessageDigest digest = Sha256.start();
      digest.update(content);
      return Sha256.hex(digest);
    }
  }

  @Override
  public Written run(Progress progress) throws IOException {
    if (lambda == null && jar == null && grader == null && source == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what to write: --lambda FILE, --jar FILE for runs, --grader FILE, --source FILE for"
              + " its text");
    }
    require("--lambda", lambda);
    require("--jar", jar);
    require("--grader", grader);
    require("--source", source);
    RewardUnit unit = Installation.current().reward(reward);
    List<WrittenFile> files = new ArrayList<>();
    if (lambda != null) {
      files.add(WrittenFile.of("lambda", lambda, writeLambda(unit, lambda)));
    }
    if (jar != null) {
      unit.writeJar(jar);
      files.add(WrittenFile.of("jar", jar, null));
    }
    if (grader != null) {
      Files.writeString(grader, graderJson(unit));
      files.add(WrittenFile.of("grader", grader, null));
    }
    if (source != null) {
      Files.write(source, unit.source().getBytes(StandardCharsets.UTF_8));
      files.add(WrittenFile.of("source", source, null));
    }
    return new Written(unit.name(), unit.sha256(), files);
  }

  private void require(String option, @Nullable Path file) {
    if (file != null) {
      new OutputFile(option, file).require(force);
    }
  }

  private static String graderJson(RewardUnit unit) {
    boolean isReady =
        RewardTemplates.has(unit.name())
            && RewardTemplates.named(unit.name()).source().equals(unit.source());
    try {
      return GraderExport.of(unit, isReady);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static String writeLambda(RewardUnit unit, Path file) throws IOException {
    try {
      String handler = LambdaJar.handler(unit);
      LambdaJar.write(unit, file);
      return handler;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }
}
