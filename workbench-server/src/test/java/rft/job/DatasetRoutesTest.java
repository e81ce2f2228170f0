package rft.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunHome;
import rft.web.ServerAddress;
import rft.workbench.Workbench;

final class DatasetRoutesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path home;
  private Workbench workbench;
  private String token;

  @BeforeEach
  void start() throws IOException {
    workbench = Workbench.start(new RunHome(home), ServerAddress.loopback(0));
    token = Files.readString(home.resolve("workbench.token")).strip();
  }

  @AfterEach
  void stop() throws IOException {
    workbench.close();
  }

  @Test
  void aDatasetIsCheckedShownAndListedBesideTheBundledOnes() throws Exception {
    String rows = rows(120) + "{\"messages\": []}\n";
    JsonNode uploaded = upload("Töpfe & Co.jsonl", BodyPublishers.ofString(rows), 201);
    String name = uploaded.path("name").asText();
    assertTrue(name.matches("t-pfe-co-[0-9a-f]{6}"), name);
    assertEquals("upload", uploaded.path("kind").asText());
    JsonNode glance = uploaded.path("glance");
    assertEquals(121, glance.path("rows").asInt());
    assertEquals(120, glance.path("goodRows").asInt());
    assertEquals(1, glance.path("badRows").asInt());
    assertEquals(121, glance.path("problems").path(0).path("line").asInt());
    assertEquals(14, glance.path("problems").path(0).path("column").asInt());
    int inSplits = 0;
    for (JsonNode split : glance.path("splits")) {
      inSplits += split.asInt();
    }
    assertEquals(120, inSplits);
    assertEquals(
        "What is 0?",
        glance.path("sample").path(0).path("messages").path(0).path("content").asText());

    List<String> names = names();
    assertTrue(names.contains("addition") && names.contains(name), names.toString());
    assertEquals(glance.path("sha256"), get("/api/datasets/" + name).path("glance").path("sha256"));
    Path file = home.resolve("uploads").resolve(name).resolve(name + ".jsonl");
    assertEquals(file.toString(), uploaded.path("argument").asText(), "what a command takes");
    assertEquals("addition", get("/api/datasets/addition").path("argument").asText());
    assertEquals(rows, Files.readString(file));
    assertEquals("rwx------", mode(file.getParent()));
    assertEquals("rw-------", mode(file));

    JsonNode again = upload("other name.jsonl", BodyPublishers.ofString(rows), 200);
    assertEquals(name, again.path("name").asText());
    assertEquals(names.size(), names().size());

    send(request("/api/uploads/" + name).method("DELETE", BodyPublishers.ofString("{}")), 204);
    assertFalse(names().contains(name));
    nothingIsLeft();
    send(request("/api/uploads/addition").method("DELETE", BodyPublishers.ofString("{}")), 404);
  }

  @Test
  void whatIsNoTextIsRefusedByItsContentWhateverItsName() throws Exception {
    refused(415, "ZIP", zip());
    refused(415, "serialised", new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5});
    refused(415, "pickle", new byte[] {(byte) 0x80, 4, (byte) 0x95, 1, 0});
    refused(415, "gzip", new byte[] {0x1F, (byte) 0x8B, 8, 0});
    refused(422, "no usable row", "not json\n".getBytes(StandardCharsets.UTF_8));
    refused(422, "NUL", "{\"messages\":\0}\n".getBytes(StandardCharsets.UTF_8));
    refused(422, "UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', '\n'});
    refused(422, "empty", new byte[0]);
    String deep = "[".repeat(1_000_000) + "\n";
    refused(422, "limits", ("{\"a\":" + deep).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tooMuchIsRefusedWhileItComes() throws Exception {
    byte[] line = new byte[(8 << 20) + 2];
    Arrays.fill(line, (byte) 'a');
    refused(413, "longer than 8 MiB", line);
    byte[] lines = new byte[1_000_001];
    Arrays.fill(lines, (byte) '\n');
    refused(413, "1000000 lines", lines);
    try (Socket socket = connect()) {
      head(socket, 600L << 20);
      assertTrue(statusLine(socket).contains(" 413 "));
    }
    nothingIsLeft();
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = head(socket, 1_000_000);
      out.write(rows(100).getBytes(StandardCharsets.UTF_8));
      out.flush();
      awaitEntries(1);
    }
    awaitEntries(0);
  }

  @Test
  void whatACrashLeftIsSweptAtTheStart() throws Exception {
    Files.createDirectories(home.resolve("uploads").resolve(".draft-x"));
    workbench.close();
    start();
    nothingIsLeft();
  }

  private void refused(int status, String part, byte[] body) throws Exception {
    String message =
        upload("a.jsonl", BodyPublishers.ofByteArray(body), status)
            .path("error")
            .path("message")
            .asText();
    assertTrue(message.contains(part), message);
    assertTrue(message.length() < 300 && !message.contains("aaaa"), message);
    nothingIsLeft();
  }

  private void nothingIsLeft() throws IOException {
    assertEquals(List.of(), entries());
  }

  private void awaitEntries(int count) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (entries().size() != count) {
      assertTrue(System.nanoTime() < deadline, entries().toString());
      Thread.sleep(10);
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(home.resolve("uploads"))) {
      return entries.toList();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(workbench.url()).getPort());
  }

  private OutputStream head(Socket socket, long length) throws IOException {
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    List<String> lines =
        List.of(
            "POST /api/uploads?name=a HTTP/1.1",
            "Host: " + URI.create(workbench.url()).getAuthority(),
            "Authorization: Bearer " + token,
            "X-RFT: 1",
            "Content-Type: application/x-ndjson",
            "Content-Length: " + length);
    String text = String.join("\r\n", lines) + "\r\n\r\n";
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return out;
  }

  private static String statusLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] line = in.readNBytes(40);
    return new String(line, StandardCharsets.US_ASCII);
  }

  private List<String> names() throws Exception {
    JsonNode list = get("/api/datasets").path("datasets");
    return IntStream.range(0, list.size())
        .mapToObj(i -> list.path(i).path("name").asText())
        .toList();
  }

  private JsonNode get(String path) throws Exception {
    return send(request(path), 200);
  }

  private JsonNode upload(String name, BodyPublisher body, int status) throws Exception {
    String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return send(
        request("/api/uploads?name=" + query)
            .setHeader("Content-Type", "application/x-ndjson")
            .POST(body),
        status);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(workbench.url() + path))
        .header("Authorization", "Bearer " + token)
        .header("X-RFT", "1")
        .header("Content-Type", "application/json");
  }

  private static JsonNode send(HttpRequest.Builder request, int status) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(status, response.statusCode(), response.body());
    return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"messages\": [{\"role\": \"user\", \"content\": \"What is %d?\"}],".formatted(i)
                    + " \"reference_answer\": \"%d\"}\n".formatted(i))
        .collect(Collectors.joining());
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../a.jsonl"));
    }
    return bytes.toByteArray();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
