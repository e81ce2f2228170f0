package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a server may listen, and that other machines do not reach it by default. */
final class ServerAddressTest {
  @TempDir Path folder;

  private static Optional<InetAddress> onTheNetwork() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst();
  }

  @Test
  void byDefaultOtherMachinesDoNotReachIt() throws IOException {
    Optional<InetAddress> address = onTheNetwork();
    assumeTrue(address.isPresent(), "needs a network beside the loopback one");
    try (TestServer web = new TestServer(folder);
        Socket socket = new Socket()) {
      assertThrows(
          ConnectException.class,
          () -> socket.connect(new InetSocketAddress(address.get(), web.port), 2_000));
      assertEquals("http://127.0.0.1:" + web.port, web.server.url());
    }
  }

  @Test
  void anotherAddressMustBeMeant() {
    for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> new ServerAddress(host, 0, 1, List.of(), false));
      assertTrue(refusal.getMessage().contains("--i-know"), refusal.getMessage());
      assertEquals(host, new ServerAddress(host, 0, 1, List.of(), true).host());
    }
    for (String host : List.of("localhost", "127.0.0.1", "::1", "127.0.0.5")) {
      assertEquals(host, new ServerAddress(host, 0, 1, List.of(), false).host());
    }
  }

  @Test
  void onAllAddressesEachOwnOneIsAName() throws IOException {
    Optional<InetAddress> address = onTheNetwork();
    assumeTrue(address.isPresent(), "needs a network beside the loopback one");
    ServerAddress all = new ServerAddress("0.0.0.0", 0, 1, List.of(), true);
    try (TestServer web = new TestServer(folder, all, List.of())) {
      String own = address.get().getHostAddress() + ":" + web.port;
      assertEquals(200, web.client.send("GET / HTTP/1.1", "Host: " + own).status());
      assertEquals(421, web.client.send("GET / HTTP/1.1", "Host: 0.0.0.0:" + web.port).status());
      assertEquals("http://127.0.0.1:" + web.port, web.server.url());
    }
  }

  @Test
  void theNextFreePortIsTaken() throws IOException {
    try (ServerSocketChannel first = ServerAddress.loopback(0).listen()) {
      int taken = first.socket().getLocalPort();
      ServerAddress several =
          new ServerAddress(ServerAddress.LOOPBACK, taken, 20, List.of(), false);
      try (TestServer web = new TestServer(folder, several, List.of())) {
        int port = URI.create(web.server.url()).getPort();
        assertTrue(port > taken && port < taken + 20, taken + " " + port);
      }
      BindException refusal =
          assertThrows(BindException.class, () -> ServerAddress.loopback(taken).listen());
      assertEquals(
          "port " + taken + " is taken: give another with --port, or leave it to any that is free",
          refusal.getMessage());
    }
  }

  @Test
  void aBurstOfClientsIsTakenInWhileTheServerIsBusy() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try (ServerSocketChannel busy = ServerAddress.loopback(0).listen()) {
      for (int i = 0; i < 120; i++) {
        Socket client = new Socket();
        clients.add(client);
        client.connect(busy.getLocalAddress(), 2_000);
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void wrongSettingsAreRefused() {
    for (int port : new int[] {-1, 65_536}) {
      assertThrows(IllegalArgumentException.class, () -> ServerAddress.loopback(port));
    }
    for (String name : List.of("", "a b", "http://a", "a/b", "a:b", "a:1:2", "*")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new ServerAddress("127.0.0.1", 0, 1, List.of(name), false),
          name);
    }
  }
}
