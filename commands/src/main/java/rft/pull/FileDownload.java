package rft.pull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import rft.pull.PullException.Kind;

/**
 * Fetches files of one repository into a folder, one after the other. A file is a {@code .part}
 * until all of it is here and has the content that the repository says; a part that an earlier
 * attempt left is gone on with.
 */
final class FileDownload {
  private static final int MOST_FAILURES = 5;

  private final Hub hub;
  private final HubListing listing;
  private final Path folder;
  private final PullMeter meter;
  private final Patience patience;
  private long done;
  private long total;

  /**
   * How long to wait.
   *
   * @param silence for the next byte
   * @param retry before the first new attempt; doubled for each further one
   */
  record Patience(Duration silence, Duration retry) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(1));
  }

  FileDownload(Hub hub, HubListing listing, Path folder, PullMeter meter, Patience patience) {
    this.hub = hub;
    this.listing = listing;
    this.folder = folder;
    this.meter = meter;
    this.patience = patience;
  }

  /** Sets the bytes of all files, which the meter hears of from now on. */
  void expect(long bytes) {
    total = bytes;
  }

  /**
   * Makes sure that a file is here and whole.
   *
   * @throws PullException if it cannot be had, or the meter asks to stop; the part stays
   */
  void fetch(HubFile file) throws IOException, InterruptedException {
    Path whole = folder.resolve(file.name());
    if (!isHere(file, whole)) {
      Path part = part(file);
      ContentHash hash = download(file, part);
      if (!hash.matches(part)) {
        Files.delete(part);
        throw new PullException(
            "%s arrived with another content than %s says (%s %s): it is deleted; pull again"
                .formatted(file.path(), listing.repository().id(), hash.kind(), hash.hex()));
      }
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    }
    done += Files.size(whole);
    report(done);
  }

  private void report(long bytes) {
    if (total > 0) {
      meter.bytes(bytes, Math.max(bytes, total));
    }
  }

  private static boolean isHere(HubFile file, Path whole) throws IOException {
    ContentHash hash = file.hash();
    return hash != null
        && Files.isRegularFile(whole)
        && (file.size() < 0 || Files.size(whole) == file.size())
        && hash.matches(whole);
  }

  /** Returns where a file grows; another content has another part. */
  private Path part(HubFile file) {
    String content = file.expected().map(hash -> hash.hex().substring(0, 12)).orElse("unknown");
    return folder.resolve(file.name() + "." + content + ".part");
  }

  /** Returns how many bytes of a file an earlier attempt left here. */
  long present(HubFile file) throws IOException {
    return Math.max(size(part(file)), size(folder.resolve(file.name())));
  }

  private static long size(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }

  private ContentHash download(HubFile file, Path part) throws IOException, InterruptedException {
    int failures = 0;
    while (true) {
      long before = size(part);
      try {
        return attempt(file, part);
      } catch (PullException e) {
        throw e;
      } catch (IOException e) {
        requireGoing(file, part);
        failures = size(part) > before ? 1 : failures + 1;
        if (failures >= MOST_FAILURES) {
          throw brokenOff(file, part, e);
        }
        meter.say(
            "%s broke off at %s (%s): it goes on from there"
                .formatted(file.path(), megabytes(size(part)), reason(e)));
        Thread.sleep(patience.retry().toMillis() << (failures - 1));
      }
    }
  }

  /** Appends to the part until it is whole, and returns what it must hold. */
  private ContentHash attempt(HubFile file, Path part) throws IOException, InterruptedException {
    ContentHash known = file.hash();
    if (known != null && file.size() >= 0 && size(part) == file.size() && file.size() > 0) {
      return known;
    }
    if (known == null || (file.size() >= 0 && size(part) > file.size())) {
      Files.deleteIfExists(part);
    }
    Hub.Content content = hub.open(listing, file, size(part));
    try (InputStream body = content.body()) {
      long from = content.status() == 206 ? size(part) : 0;
      if (content.status() == 416 || !startsAt(content, from)) {
        Files.deleteIfExists(part);
        throw new IOException("the server has another file than the part is of");
      }
      copy(body, part, from);
      long size = file.size() >= 0 ? file.size() : from + content.length();
      if ((file.size() >= 0 || content.length() >= 0) && size(part) != size) {
        throw new IOException(size(part) + " of " + size + " bytes arrived");
      }
      return hash(file, content);
    }
  }

  private static boolean startsAt(Hub.Content content, long from) {
    return content.status() != 206 || content.range().startsWith("bytes " + from + "-");
  }

  private ContentHash hash(HubFile file, Hub.Content content) throws PullException {
    return file.expected()
        .or(() -> ContentHash.of(content.etag()))
        .orElseThrow(
            () ->
                new PullException(
                    "the hub gives no hash of " + file.path() + ", so that it cannot be checked"));
  }

  private void copy(InputStream body, Path part, long from) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (StallGuard guard = new StallGuard(body, patience.silence(), meter::stopRequested);
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
      long here = from;
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        guard.alive();
        write(buffer, read, out, part);
        here += read;
        report(done + here);
        if (isStopped()) {
          throw new IOException("stopped");
        }
      }
    }
  }

  /** What cannot be written here will not be by asking the hub once more. */
  private static void write(byte[] buffer, int bytes, OutputStream out, Path part)
      throws PullException {
    try {
      out.write(buffer, 0, bytes);
    } catch (IOException e) {
      throw new PullException(
          part
              + " cannot be written ("
              + e.getMessage()
              + "): make room on its disk; what has arrived is kept, and the same command goes on"
              + " from there",
          e);
    }
  }

  private boolean isStopped() {
    return meter.stopRequested() || Thread.currentThread().isInterrupted();
  }

  private void requireGoing(HubFile file, Path part) throws IOException {
    if (isStopped()) {
      throw new PullException(Kind.STOPPED, "stopped after " + kept(file, part));
    }
  }

  private PullException brokenOff(HubFile file, Path part, IOException cause) throws IOException {
    return new PullException(
        "the download broke off (" + reason(cause) + ") after " + kept(file, part), cause);
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private String kept(HubFile file, Path part) throws IOException {
    return "%s of %s of %s: it is kept, and the same command goes on from there"
        .formatted(
            megabytes(size(part)),
            file.size() < 0 ? "an unknown number" : megabytes(file.size()),
            file.path());
  }

  static String megabytes(long bytes) {
    return "%.1f MB".formatted(bytes / 1e6);
  }
}
