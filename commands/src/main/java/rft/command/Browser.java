package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The browser of whoever sits at this machine.
 *
 * @param system its name, as in the system property {@code os.name}
 * @param environment of this process
 */
public record Browser(String system, Map<String, String> environment) {
  /** Nobody's. */
  public static final Browser NONE = new Browser("", Map.of());

  public Browser {
    environment = Map.copyOf(environment);
  }

  /** Returns that of this process. */
  public static Browser ofProcess() {
    return new Browser(System.getProperty("os.name", ""), System.getenv());
  }

  /**
   * Opens an address and does not wait.
   *
   * @return false if there is no display or no program to open it with
   */
  public boolean open(String url) {
    Optional<List<String>> command = command();
    if (command.isEmpty()) {
      return false;
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command.get());
      builder.command().add(url);
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns true if somebody could see a page. */
  public boolean hasDisplay() {
    return command().isPresent();
  }

  private Optional<List<String>> command() {
    if (environment.getOrDefault("BROWSER", "").equals("none")) {
      return Optional.empty();
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return Optional.of(words("open"));
    }
    if (name.startsWith("windows")) {
      return Optional.of(words("rundll32", "url.dll,FileProtocolHandler"));
    }
    boolean display = isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    return display && isOnPath("xdg-open") ? Optional.of(words("xdg-open")) : Optional.empty();
  }

  private static List<String> words(String... words) {
    return new ArrayList<>(List.of(words));
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  private boolean isOnPath(String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(":")) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
