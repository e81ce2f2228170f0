package rft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    ConnectionFile fresh = ConnectionFile.fresh("rft");
    Path file = folder.resolve("c.json");
    fresh.write(file);
    fresh.write(file);
    assertEquals(fresh, ConnectionFile.read(file));
    assertEquals(5, new HashSet<>(fresh.ports().values()).size());
  }

  @Test
  void onlyItsOwnerCanReadTheKey() throws IOException {
    Path file = folder.resolve("c.json");
    ConnectionFile.fresh("rft").write(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE),
          Files.getPosixFilePermissions(file));
    }
  }

  @Test
  void theKeyIsNotPrinted() throws IOException {
    ConnectionFile fresh = ConnectionFile.fresh("rft");
    assertFalse(fresh.toString().contains(fresh.key()));
  }

  @Test
  void whatFrontEndsWriteIsUnderstood() throws IOException {
    Path file = folder.resolve("c.json");
    Files.writeString(
        file,
        "{\"shell_port\": 1, \"iopub_port\": 2, \"stdin_port\": 3, \"control_port\": 4,"
            + " \"hb_port\": 5, \"ip\": \"0.0.0.0\", \"key\": \"\", \"transport\": \"tcp\","
            + " \"signature_scheme\": \"hmac-sha256\", \"jupyter_session\": \"x\"}");
    ConnectionFile read = ConnectionFile.read(file);
    assertEquals("tcp://0.0.0.0:5", read.bindAddress(Channel.HEARTBEAT));
    assertEquals("tcp://127.0.0.1:1", read.connectAddress(Channel.SHELL));
  }

  @Test
  void aFileThatLacksAPortOrAsksForAnotherTransportIsRefusedByName() throws IOException {
    Path file = folder.resolve("c.json");
    Files.writeString(file, "{\"shell_port\": 1}");
    String lacks = assertThrows(IOException.class, () -> ConnectionFile.read(file)).getMessage();
    assertTrue(lacks.contains("c.json") && lacks.contains("iopub_port"), lacks);
    Files.writeString(file, "{\"transport\": \"ipc\"}");
    String ipc = assertThrows(IOException.class, () -> ConnectionFile.read(file)).getMessage();
    assertTrue(ipc.contains("ipc"), ipc);
  }
}
