package rft.workbench;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.web.RouteMark;
import rft.web.Routes;

/** The files of the page. Every other address outside the API is the page itself. */
final class PageFiles implements Routes {
  private static final Pattern FILE = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)?\\.(js|css|svg)");
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/assets/<file>", context -> serve(context, context.pathParam("file")), RouteMark.OPEN);
    routes.get("/api/<rest>", PageFiles::unknown);
    routes.get("/<page>", PageFiles::index, RouteMark.OPEN);
    routes.get("/", PageFiles::index, RouteMark.OPEN);
  }

  private static void unknown(Context context) {
    throw new NotFoundResponse("there is no " + context.path());
  }

  private static void index(Context context) throws IOException {
    if (context.path().startsWith("/v1/")) {
      unknown(context); // a workbench that replays runs has no models
    }
    context.contentType("text/html; charset=utf-8").result(read("index.html"));
  }

  private static void serve(Context context, String file) throws IOException {
    if (!FILE.matcher(file).matches()) {
      throw new NotFoundResponse("there is no such file");
    }
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    context.contentType(type + "; charset=utf-8").result(read(file));
  }

  private static byte[] read(String file) throws IOException {
    try (@Nullable InputStream content = PageFiles.class.getResourceAsStream("/rft/page/" + file)) {
      if (content == null) {
        throw new NotFoundResponse("there is no such file");
      }
      return content.readAllBytes();
    }
  }
}
