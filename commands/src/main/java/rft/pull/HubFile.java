package rft.pull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a repository.
 *
 * @param path in the repository, with slashes
 * @param size in bytes; -1 if the listing does not say
 * @param hash what it must hold; null if the listing does not say
 */
record HubFile(String path, long size, @Nullable ContentHash hash) {
  /** Returns the last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isTopLevel() {
    return path.indexOf('/') < 0;
  }

  Optional<ContentHash> expected() {
    return Optional.ofNullable(hash);
  }
}
