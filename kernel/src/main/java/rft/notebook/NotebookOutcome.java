package rft.notebook;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.command.ExitCode;
import rft.command.Result;
import rft.run.NumberText;

/**
 * How a notebook ran.
 *
 * @param notebook as it was named
 * @param cells how many code cells it has
 * @param seconds that all of it took, the start of the kernel included
 * @param saved the file that holds the outputs; null if nothing was saved
 * @param failure the cell that failed; null if none did
 * @param differences between what the notebook held and what its cells show; empty unless asked for
 * @param compared how they were looked for, and why so; empty unless asked for
 */
public record NotebookOutcome(
    Path notebook,
    int cells,
    double seconds,
    @Nullable Path saved,
    @Nullable Failure failure,
    List<OutputDifference> differences,
    String compared)
    implements Result {
  public NotebookOutcome {
    differences = List.copyOf(differences);
  }

  /**
   * A cell that failed.
   *
   * @param cell counted from 1 over all cells
   * @param title its first line
   * @param error short type
   * @param traceback without colours
   */
  public record Failure(
      int cell, String title, String error, String message, List<String> traceback) {
    public Failure {
      traceback = List.copyOf(traceback);
    }
  }

  @Override
  public ExitCode exitCode() {
    return problem().isPresent() ? ExitCode.FAILED : ExitCode.OK;
  }

  @Override
  public Optional<String> problem() {
    if (failure != null) {
      return Optional.of(
          notebook
              + ", cell "
              + failure.cell()
              + ": "
              + failure.error()
              + (failure.message().isEmpty() ? "" : ": " + failure.message())
              + (saved == null ? "; nothing was saved" : "; saved up to there in " + saved));
    }
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            notebook
                + " is stale in "
                + NumberText.counted(differences.size(), "cell")
                + "; rft notebook run "
                + notebook
                + " renews it");
  }

  @Override
  public Optional<String> text() {
    StringBuilder text = new StringBuilder();
    if (failure != null) {
      text.append("cell ").append(failure.cell()).append(": ").append(failure.title());
      failure.traceback().forEach(line -> text.append("\n  ").append(line));
      return Optional.of(text.toString());
    }
    for (OutputDifference difference : differences) {
      text.append("cell ").append(difference.cell()).append(": ").append(difference.title());
      difference.lines().forEach(line -> text.append("\n  ").append(line));
      text.append('\n');
    }
    text.append("%s: %d code cells in %.1f s".formatted(notebook, cells, seconds));
    text.append(saved == null ? "" : ", saved in " + saved);
    text.append(compared.isEmpty() ? "" : "; " + compared);
    return Optional.of(text.toString());
  }
}
