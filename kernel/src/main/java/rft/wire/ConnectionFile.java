package rft.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where a kernel listens and with which key its messages are signed: what a front-end writes before
 * it starts a kernel.
 *
 * @param ip address of the machine, for example {@code 127.0.0.1}
 * @param ports of every channel
 * @param key secret of the signature; empty if messages are not signed
 * @param signatureScheme for example {@code hmac-sha256}
 * @param kernelName name of the kernelspec, may be empty
 */
public record ConnectionFile(
    String ip, Map<Channel, Integer> ports, String key, String signatureScheme, String kernelName) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOOPBACK = "127.0.0.1";

  public ConnectionFile {
    for (Channel channel : Channel.values()) {
      Integer port = ports.get(channel);
      if (port == null || port < 1 || port > 65535) {
        throw new IllegalArgumentException(
            "connection file: " + channel.portKey() + " is " + port + ", not a port of 1 to 65535");
      }
    }
    if (!key.isEmpty() && !signatureScheme.startsWith("hmac-")) {
      throw new IllegalArgumentException(
          "connection file: signature_scheme is "
              + signatureScheme
              + "; only hmac-* is known, for example hmac-sha256");
    }
    ports = Map.copyOf(ports);
  }

  /**
   * Reads what a front-end wrote.
   *
   * @throws IOException if it cannot be read, or lacks something, naming file and key
   */
  public static ConnectionFile read(Path file) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(file));
    if (!json.isObject()) {
      throw new IOException(file + " is no connection file: it holds no JSON object");
    }
    String transport = json.path("transport").asText("tcp");
    if (!transport.equals("tcp")) {
      throw new IOException(
          file
              + ": transport is "
              + transport
              + "; this kernel speaks tcp only, start it with tcp");
    }
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      ports.put(channel, json.path(channel.portKey()).asInt(0));
    }
    try {
      return new ConnectionFile(
          json.path("ip").asText(LOOPBACK),
          ports,
          json.path("key").asText(""),
          json.path("signature_scheme").asText("hmac-sha256"),
          json.path("kernel_name").asText(""));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Returns free ports on the loopback address, and a random key. */
  public static ConnectionFile fresh(String kernelName) throws IOException {
    // All are held at once, so that no two channels get the same port.
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    Map<Channel, Integer> ports;
    try (ServerSocket shell = new ServerSocket(0, 1, loopback);
        ServerSocket iopub = new ServerSocket(0, 1, loopback);
        ServerSocket stdin = new ServerSocket(0, 1, loopback);
        ServerSocket control = new ServerSocket(0, 1, loopback);
        ServerSocket heartbeat = new ServerSocket(0, 1, loopback)) {
      ports =
          Map.of(
              Channel.SHELL, shell.getLocalPort(),
              Channel.IOPUB, iopub.getLocalPort(),
              Channel.STDIN, stdin.getLocalPort(),
              Channel.CONTROL, control.getLocalPort(),
              Channel.HEARTBEAT, heartbeat.getLocalPort());
    }
    return new ConnectionFile(
        LOOPBACK, ports, UUID.randomUUID().toString(), "hmac-sha256", kernelName);
  }

  /** Writes the file so that only its owner can read the key. */
  public void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("transport", "tcp").put("ip", ip);
    Stream.of(Channel.values()).forEach(channel -> json.put(channel.portKey(), port(channel)));
    json.put("key", key).put("signature_scheme", signatureScheme).put("kernel_name", kernelName);
    Files.deleteIfExists(file);
    Files.createFile(file, ownerOnly(file));
    Files.writeString(
        file,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json),
        StandardOpenOption.WRITE);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  int port(Channel channel) {
    Integer port = ports.get(channel);
    return port == null ? 0 : port;
  }

  /** Returns the address that a kernel binds. */
  String bindAddress(Channel channel) {
    return "tcp://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port(channel);
  }

  /** Returns the address that a client on this machine or another connects to. */
  String connectAddress(Channel channel) {
    boolean everywhere = Set.of("*", "0.0.0.0", "").contains(ip.toLowerCase(Locale.ROOT));
    return everywhere ? "tcp://" + LOOPBACK + ":" + port(channel) : bindAddress(channel);
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "ConnectionFile[" + ip + ", " + ports + ", " + kernelName + "]";
  }
}
