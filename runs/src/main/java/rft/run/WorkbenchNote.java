package rft.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * What the running workbench of a home says of itself in {@code workbench.json}, so that any
 * process of the user finds it. What opens it is not in there, see {@link #token}.
 *
 * @param url its address, for example {@code http://127.0.0.1:4713}
 * @param pid number of its process
 * @param start when that started, in a form that only equality is asked of
 * @param since when it was ready
 */
public record WorkbenchNote(String url, long pid, String start, Instant since) {
  private static final String FILE = "workbench.json";

  /** Writes that this process is the workbench of a home, for its user to read. */
  public static WorkbenchNote announce(RunHome home, String url) throws IOException {
    ProcessIdentity self = ProcessIdentity.current();
    WorkbenchNote note = new WorkbenchNote(url, self.pid(), self.start(), Instant.now());
    DurableFile.createFolders(home.root());
    Path draft = home.root().resolve(DurableFile.DRAFT + FILE);
    DurableFile.createPrivate(draft);
    Files.writeString(draft, RunJson.write(note));
    Files.move(draft, home.root().resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    return note;
  }

  /** Returns the note of a home's workbench, or empty if none runs. */
  public static Optional<WorkbenchNote> running(RunHome home) throws IOException {
    try {
      String text = Files.readString(home.root().resolve(FILE));
      return Optional.of(RunJson.read(text, WorkbenchNote.class, FILE))
          .filter(note -> new ProcessIdentity(note.pid(), note.start()).isAlive());
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Takes the note back, unless another process has written its own since. */
  public void withdraw(RunHome home) throws IOException {
    if (running(home).filter(this::equals).isPresent()) {
      Files.deleteIfExists(home.root().resolve(FILE));
    }
  }

  /** Returns the file with the token that opens a home's workbench; only its user can read it. */
  public static Path token(RunHome home) {
    return home.root().resolve("workbench.token");
  }
}
