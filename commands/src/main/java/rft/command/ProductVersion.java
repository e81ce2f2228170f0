package rft.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.Command;

/** Says which version this is, and on what it runs. */
@Command(
    name = "version",
    description = "Print the version of rft, of Java and of the system.",
    footer = "  rft version --json")
public final class ProductVersion implements Verb<ProductVersion.Report> {
  /**
   * @param version of this product, for example {@code 0.1.0}
   * @param java version and vendor of the running Java
   * @param system name, version and architecture of the operating system
   */
  public record Report(String version, String java, String system) implements Result {}

  @Override
  public Report run(Progress progress) throws IOException {
    return new Report(
        number(),
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  /** Returns the version that the build wrote down. */
  static String number() throws IOException {
    try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IOException("version.properties is missing from rft-commands.jar; build again");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    }
  }
}
