package rft.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.web.AccessToken;

/** The token of a server in a file of the user's own. */
final class ServeToken {
  private static final long MOST_BYTES = 4_096;
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private ServeToken() {}

  /**
   * Returns the token in a file. A missing file is made, with a new token; one that is there is
   * never changed.
   *
   * @throws CommandException if the file holds no token, or others may read it
   */
  static AccessToken in(Path file) throws IOException {
    if (!Files.exists(file)) {
      return AccessToken.in(file);
    }
    PosixFileAttributeView users = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (isOpen(users)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--token-file " + file + " is open to other users: chmod 600 '" + file + "'");
    }
    try {
      String text = Files.size(file) > MOST_BYTES ? "" : Files.readString(file).strip();
      return AccessToken.of(text);
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--token-file "
              + file
              + " holds no token: it needs one line of 16 or more printable characters without"
              + " spaces; a file that is not there yet is made",
          e);
    }
  }

  private static boolean isOpen(@Nullable PosixFileAttributeView users) throws IOException {
    return users != null && !OWNER.containsAll(users.readAttributes().permissions());
  }
}
