package rft.pull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a repository holds at one commit.
 *
 * @param repository whose
 * @param commit 40 hexadecimal digits
 * @param files with paths that are safe to write
 */
record HubListing(RepositoryName repository, String commit, List<HubFile> files) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9 ._+-]*/)*[A-Za-z0-9_][A-Za-z0-9 ._+-]*");

  HubListing {
    files = List.copyOf(files);
  }

  /**
   * Reads the answer of the hub's models API with {@code blobs=true}.
   *
   * @throws PullException if it is no such answer
   */
  static HubListing read(RepositoryName repository, JsonNode answer) throws PullException {
    String commit = answer.path("sha").asText();
    if (!COMMIT.matcher(commit).matches() || !answer.path("siblings").isArray()) {
      throw new PullException(
          "the answer about " + repository.id() + " names no commit and no files: is it a hub?");
    }
    List<HubFile> files = new ArrayList<>();
    for (JsonNode file : answer.path("siblings")) {
      String path = file.path("rfilename").asText();
      if (PATH.matcher(path).matches()) {
        files.add(file(path, file));
      }
    }
    return new HubListing(repository, commit, files);
  }

  /** A large file is a pointer in git: its blobId names the pointer, not the content. */
  private static HubFile file(String path, JsonNode file) {
    JsonNode large = file.path("lfs");
    long size = large.path("size").asLong(file.path("size").asLong(-1));
    String digits = large.isObject() ? large.path("sha256").asText() : file.path("blobId").asText();
    return new HubFile(path, size, ContentHash.of(digits).orElse(null));
  }

  /** Returns a file by its path. */
  Optional<HubFile> find(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** Returns the files at the top whose names end in a text. */
  List<HubFile> ending(String suffix) {
    return files.stream()
        .filter(HubFile::isTopLevel)
        .filter(f -> f.path().endsWith(suffix))
        .toList();
  }
}
