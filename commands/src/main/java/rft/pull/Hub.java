package rft.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import rft.pull.PullException.Kind;

/** Asks a hub over HTTP: what a repository holds, and its files. */
final class Hub {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTS = 5;
  private static final int MOST_LISTING_BYTES = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HubAccess access;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  Hub(HubAccess access) {
    this.access = access;
  }

  /**
   * The beginning of a file's content.
   *
   * @param status 200 for the whole, 206 for the rest from where it was asked, 416 for none left
   * @param range what the server says of the part, as in {@code bytes 5-9/10}; empty if nothing
   * @param length bytes that follow; -1 if the server does not say
   * @param etag the file's name for its content, from the hub itself; empty if none
   */
  record Content(int status, InputStream body, String range, long length, String etag) {}

  /** The server cannot answer just now; the same question may be answered later. */
  static final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }

  /**
   * Returns what a repository holds.
   *
   * @param revision a branch, tag or commit
   * @throws PullException if there is no such repository or revision, or it needs a token
   */
  HubListing listing(RepositoryName repository, String revision)
      throws IOException, InterruptedException {
    URI address =
        address(
            "/api/models/" + repository.id() + "/revision/" + encoded(revision) + "?blobs=true");
    String what = repository.id() + " at " + revision;
    Content content = get(address, 0, what);
    try (InputStream body = content.body()) {
      byte[] bytes = body.readNBytes(MOST_LISTING_BYTES);
      JsonNode answer = JSON.readTree(bytes);
      return HubListing.read(repository, answer);
    } catch (JacksonException e) {
      throw new PullException(
          "the answer of " + address.getHost() + " about " + what + " is no JSON: is it a hub?", e);
    }
  }

  /** Returns the content of a file from an offset on; the caller closes the body. */
  Content open(HubListing listing, HubFile file, long offset)
      throws IOException, InterruptedException {
    StringBuilder path = new StringBuilder();
    for (String part : file.path().split("/")) {
      path.append('/').append(encoded(part));
    }
    String repository = listing.repository().id();
    URI address = address("/" + repository + "/resolve/" + listing.commit() + path);
    return get(address, offset, file.path() + " of " + repository);
  }

  private URI address(String path) {
    return URI.create(access.endpoint() + path);
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Content get(URI first, long offset, String what)
      throws IOException, InterruptedException {
    URI at = first;
    String etag = "";
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<InputStream> response =
          client.send(request(at, offset), BodyHandlers.ofInputStream());
      if (etag.isEmpty()) {
        etag = etag(response);
      }
      int status = response.statusCode();
      if (status == 200 || status == 206 || (status == 416 && offset > 0)) {
        return new Content(
            status,
            response.body(),
            response.headers().firstValue("Content-Range").orElse(""),
            response.headers().firstValueAsLong("Content-Length").orElse(-1),
            etag);
      }
      response.body().close();
      Optional<String> target = response.headers().firstValue("Location");
      if (status < 300 || status >= 400 || target.isEmpty()) {
        throw refused(status, what, at);
      }
      at = redirected(at, target.get());
    }
    throw new PullException(first.getHost() + " sends in circles for " + what);
  }

  private HttpRequest request(URI address, long offset) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("User-Agent", "rft")
            .header("Accept-Encoding", "identity");
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    String token = access.token();
    if (token != null && access.isHere(address)) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  /** A file that lies elsewhere has its own hash in a header of its own. */
  private static String etag(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("X-Linked-Etag")
        .or(() -> response.headers().firstValue("ETag"))
        .map(value -> value.replaceFirst("^W/", "").replace("\"", ""))
        .orElse("");
  }

  private static URI redirected(URI from, String location) throws PullException {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new PullException(from.getHost() + " sends to what is no address", e);
    }
    boolean clear = "http".equals(to.getScheme()) && "http".equals(from.getScheme());
    if (to.getHost() == null || !("https".equals(to.getScheme()) || clear)) {
      throw new PullException(
          from.getHost() + " sends from https to another scheme: that is not followed");
    }
    return to;
  }

  private IOException refused(int status, String what, URI at) {
    String by = at.getHost() + " answers " + status + " for " + what;
    if (status == 429 || status >= 500) {
      return new BusyException(by);
    }
    if (status == 401 || status == 403) {
      return new PullException(
          Kind.NOT_FOUND,
          by
              + (access.token() == null
                  ? ": it does not exist, or needs a token: accept its licence on its page, and set"
                      + " HF_TOKEN"
                  : ": the token in HF_TOKEN may not read it; accept its licence on its page"));
    }
    return new PullException(
        status == 404 ? Kind.NOT_FOUND : Kind.FAILED,
        by + (status == 404 ? ": there is none of that name" : ""));
  }
}
