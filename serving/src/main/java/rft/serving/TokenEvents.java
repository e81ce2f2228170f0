package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Server-sent events, each out as soon as it is sent. */
final class TokenEvents {
  private final ServletOutputStream out;

  TokenEvents(HttpServletResponse response) throws IOException {
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("utf-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
  }

  void send(ObjectNode json) throws IOException {
    write("data: " + json + "\n\n");
  }

  /** Sends what readers skip, which fails once nobody reads. */
  void signOfLife() throws IOException {
    write(": \n\n");
  }

  void done() throws IOException {
    write("data: [DONE]\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
