package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.command.CommandException;

@DisabledOnOs(OS.WINDOWS)
final class ServeTokenTest {
  @TempDir Path folder;

  private Path file(String content, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aMissingFileIsMadeForTheUserAlone() throws IOException {
    Path file = folder.resolve("new/token");
    String token = ServeToken.in(file).reveal();
    assertEquals(token, Files.readString(file).strip());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(token, ServeToken.in(file).reveal());
  }

  @Test
  void aTokenOfTheUsersOwnIsTaken() throws IOException {
    assertTrue(
        ServeToken.in(file("my-own-token-0123\n", "rw-------")).matches("my-own-token-0123"));
  }

  @Test
  void aFileThatHoldsNoTokenIsLeftAsItIs() throws IOException {
    String text = "# my notes\nnot to be lost\n";
    Path file = file(text, "rw-------");
    String message = assertThrows(CommandException.class, () -> ServeToken.in(file)).getMessage();
    assertTrue(message.contains("holds no token"), message);
    assertEquals(text, Files.readString(file));
    Path bytes = folder.resolve("bytes");
    Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.setPosixFilePermissions(bytes, PosixFilePermissions.fromString("rw-------"));
    assertThrows(CommandException.class, () -> ServeToken.in(bytes));
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Path file = file("my-own-token-0123\n", "rw-r--r--");
    String message = assertThrows(CommandException.class, () -> ServeToken.in(file)).getMessage();
    assertTrue(message.contains("chmod 600"), message);
  }
}
