package rft.pull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A hub on the loopback address with one repository, {@code owner/name}. Files that are "large" lie
 * on a second server, as the real one has them.
 */
final class FakeHub implements AutoCloseable {
  static final String COMMIT = "0123456789012345678901234567890123456789";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server = start();
  private final HttpServer store = start();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> large = new ArrayList<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokensOfHub = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokensOfStore = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closing = new CountDownLatch(1);
  volatile int status = 200;
  volatile boolean ignoresRange;

  /** Most bytes that one answer brings; the connection then breaks. */
  volatile int breaksAfter = Integer.MAX_VALUE;

  /** Says nothing more after the bytes above, instead of breaking. */
  volatile boolean stalls;

  /** A file whose content on the server is not what the listing says. */
  volatile @Nullable String forged;

  FakeHub() throws IOException {
    server.setExecutor(threads);
    store.setExecutor(threads);
    server.createContext("/", this::answer);
    store.createContext("/", this::fromStore);
    server.start();
    store.start();
  }

  private static HttpServer start() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  FakeHub file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  FakeHub file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  FakeHub large(String path, byte[] content) {
    large.add(path);
    return file(path, content);
  }

  HubAccess access(@Nullable String token) {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return HubAccess.of(
        token == null
            ? Map.of("HF_ENDPOINT", endpoint)
            : Map.of("HF_ENDPOINT", endpoint + "/", "HF_TOKEN", token));
  }

  /** Returns the files that were asked for, each with the first byte where it is not 0. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  List<String> tokensOfHub() {
    return List.copyOf(tokensOfHub);
  }

  List<String> tokensOfStore() {
    return List.copyOf(tokensOfStore);
  }

  private void answer(HttpExchange exchange) throws IOException {
    tokensOfHub.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String path = exchange.getRequestURI().getPath();
    String files = "/owner/name/resolve/" + COMMIT + "/";
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    } else if (path.equals("/api/models/owner/name/revision/main")) {
      send(exchange, JSON.writeValueAsBytes(listing()), "listing");
    } else if (path.startsWith(files)) {
      file(exchange, path.substring(files.length()));
    } else {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
    }
  }

  private ObjectNode listing() {
    ObjectNode json = JSON.createObjectNode().put("sha", COMMIT);
    ArrayNode siblings = json.putArray("siblings");
    files.forEach(
        (path, content) -> {
          ObjectNode file = siblings.addObject().put("rfilename", path);
          file.put("size", content.length).put("blobId", gitSha1(content));
          if (large.contains(path)) {
            file.put("blobId", gitSha1(new byte[0]));
            file.putObject("lfs").put("sha256", sha256(content)).put("size", content.length);
          }
        });
    return json;
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(range == null ? path : path + " " + range);
    if (large.contains(path)) {
      exchange
          .getResponseHeaders()
          .set("Location", "http://127.0.0.1:" + store.getAddress().getPort() + "/" + path);
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    } else {
      content(exchange, path);
    }
  }

  private void fromStore(HttpExchange exchange) throws IOException {
    tokensOfStore.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    content(exchange, exchange.getRequestURI().getPath().substring(1));
  }

  private void content(HttpExchange exchange, String path) throws IOException {
    byte[] content = files.getOrDefault(path, new byte[0]).clone();
    if (path.equals(forged)) {
      content[content.length / 2]++;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null || ignoresRange) {
      send(exchange, content, path);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] rest = java.util.Arrays.copyOfRange(content, from, content.length);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    send(exchange, 206, rest, path);
  }

  private void send(HttpExchange exchange, byte[] content, String path) throws IOException {
    send(exchange, 200, content, path);
  }

  private void send(HttpExchange exchange, int code, byte[] content, String path)
      throws IOException {
    exchange.sendResponseHeaders(code, content.length);
    boolean weights = path.endsWith(".safetensors") || path.endsWith(".gguf");
    int count = weights ? Math.min(breaksAfter, content.length) : content.length;
    exchange.getResponseBody().write(content, 0, count);
    exchange.getResponseBody().flush();
    if (stalls && count < content.length) {
      awaitClose();
    }
    exchange.close();
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String sha256(byte[] content) {
    return digest("SHA-256", content);
  }

  static String gitSha1(byte[] content) {
    byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[header.length + content.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(content, 0, all, header.length, content.length);
    return digest("SHA-1", all);
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    store.stop(0);
    threads.shutdownNow();
  }
}
