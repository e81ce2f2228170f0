package rft.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import rft.reward.CompileProblem;
import rft.reward.RewardCompileException;
import rft.reward.RewardCompiler;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;

/** Makes rewards of the files and addresses that users write them in. */
final class RewardFiles {
  private RewardFiles() {}

  /**
   * Returns the reward of a Java file.
   *
   * @throws CommandException if it does not compile, naming the first problem's place
   */
  static RewardUnit compiled(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    try {
      return new RewardCompiler()
          .compile(name.substring(0, name.length() - ".java".length()), text(file));
    } catch (RewardCompileException e) {
      throw problem(file.toString(), e);
    } catch (IllegalStateException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns the reward of a file or an address in another language, or empty if it is neither.
   *
   * @throws CommandException if it cannot be a reward, naming the first problem's place
   */
  static Optional<RewardUnit> foreign(String nameOrFile, Path file) throws IOException {
    try {
      Optional<RewardLanguage> service = RewardLanguage.ofAddress(nameOrFile);
      if (service.isPresent()) {
        return Optional.of(atAddress(service.get(), nameOrFile));
      }
      String fileName = String.valueOf(file.getFileName());
      Optional<RewardLanguage> language = RewardLanguage.ofFile(fileName);
      if (language.isEmpty() || !Files.isRegularFile(file)) {
        return Optional.empty();
      }
      String name = fileName.substring(0, fileName.lastIndexOf('.'));
      return Optional.of(RewardUnit.of(language.get(), name, text(file)));
    } catch (RewardCompileException e) {
      throw problem(nameOrFile, e);
    }
  }

  /** An address has no lines to point at. */
  private static RewardUnit atAddress(RewardLanguage service, String address) {
    try {
      return RewardUnit.of(service, shortName(address), address);
    } catch (RewardCompileException e) {
      throw new CommandException(
          ExitCode.FAILED, address + ": " + e.problems().get(0).message(), e);
    }
  }

  /** Returns a file's text, of which each byte can be had again. */
  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CommandException(
          ExitCode.FAILED, file + " is not UTF-8: save it in that encoding", e);
    }
  }

  private static String shortName(String address) {
    return address.length() <= 100 ? address : address.substring(0, 98) + "..";
  }

  private static CommandException problem(String where, RewardCompileException e) {
    CompileProblem first = e.problems().get(0);
    int more = e.problems().size() - 1;
    return new CommandException(
        ExitCode.FAILED,
        where
            + ":"
            + first.line()
            + ":"
            + first.column()
            + ": "
            + first.message()
            + (more == 0 ? "" : " (and " + more + " more)"),
        e);
  }
}
