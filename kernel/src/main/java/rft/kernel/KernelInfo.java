package rft.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import rft.wire.Session;

/** What the kernel says of itself. */
final class KernelInfo {
  private KernelInfo() {}

  /** Returns the content of a {@code kernel_info_reply}. */
  static ObjectNode content(String version) {
    String java = System.getProperty("java.version");
    ObjectNode content = Bundles.empty().put("status", "ok");
    content.put("protocol_version", Session.PROTOCOL);
    content.put("implementation", "rft").put("implementation_version", version);
    content.put(
        "banner", "RFT Workbench " + version + " on Java " + java + ". %help lists magics.");
    content.put("debugger", false);
    content.putArray("supported_features");
    content.putObject("language_info").setAll(language(java));
    content
        .putArray("help_links")
        .addObject()
        .put("text", "Java API")
        .put("url", "https://docs.oracle.com/en/java/javase/17/docs/api/");
    return content;
  }

  private static ObjectNode language(String java) {
    return Bundles.empty()
        .put("name", "java")
        .put("version", java)
        .put("mimetype", "text/x-java-source")
        .put("file_extension", ".jshell")
        .put("pygments_lexer", "java")
        .put("codemirror_mode", "text/x-java")
        .put("nbconvert_exporter", "script");
  }
}
