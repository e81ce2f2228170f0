package rft.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import rft.command.Installation;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;
import rft.run.RunHome;

/** Fetches everything that is needed later, so that all else works without a network. */
@Command(
    name = "prepare",
    description = "Fetch everything once, so that all else works offline.",
    footer = "  rft prepare")
public final class Prepare implements Verb<Prepare.Stock> {
  private final Path home;
  private final Path root;

  /** Prepares this installation for the user of this process. */
  public Prepare() {
    this(RunHome.standard().root(), Installation.current().root());
  }

  Prepare(Path home, Path root) {
    this.home = home;
    this.root = root;
  }

  /**
   * What is there now.
   *
   * @param items each with its size
   */
  public record Stock(List<Item> items) implements Result {
    public Stock {
      items = List.copyOf(items);
    }

    @Override
    public Optional<String> text() {
      StringBuilder lines = new StringBuilder();
      items.forEach(
          item ->
              lines.append(
                  "%7.1f MB  %s  (%s)%n".formatted(item.bytes() / 1e6, item.what(), item.place())));
      return Optional.of(lines + "Everything rft needs is on this machine.");
    }
  }

  /**
   * One thing that was fetched or built.
   *
   * @param what for a person
   * @param bytes on disk
   */
  public record Item(String what, Path place, long bytes) {}

  @Override
  public Stock run(Progress progress) throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.standard(home, root);
    python.prepare(progress);
    List<Item> items = new ArrayList<>();
    items.add(item("rft with PyTorch and every library", root.resolve("target").resolve("lib")));
    items.add(item("bundled models", root.resolve("models")));
    items.add(item("sample datasets", root.resolve("datasets")));
    items.add(item("JupyterLab in its own environment", python.folder()));
    return new Stock(items);
  }

  private static Item item(String what, Path place) throws IOException {
    return new Item(what, place, PythonEnvironment.bytesBelow(place));
  }
}
