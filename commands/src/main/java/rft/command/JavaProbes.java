package rft.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** Looks at what builds and runs the product: the JDK and Maven. */
final class JavaProbes {
  private static final int LEAST_JAVA = 17;
  private static final Pattern MAVEN = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)([-.\\w]*)");
  private static final String GET_JDK =
      "install a JDK 17 or later (Debian: apt-get install openjdk-17-jdk, macOS: brew install"
          + " openjdk, Windows: winget install EclipseAdoptium.Temurin.21.JDK)";
  private static final String GET_MAVEN =
      "install Maven 3.8 or later (Debian: apt-get install maven, macOS: brew install maven,"
          + " Windows: winget install Apache.Maven or maven.apache.org)";

  private final Surroundings surroundings;

  JavaProbes(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Probe> all() {
    return List.of(this::java, JavaProbes::compiler, this::maven);
  }

  private Finding java() {
    String version = surroundings.property("java.version");
    String found = version + " in " + surroundings.property("java.home");
    String feature = surroundings.property("java.specification.version");
    return feature.matches("\\d+") && Integer.parseInt(feature) >= LEAST_JAVA
        ? Finding.ok("Java", found)
        : Finding.fail("Java", found, GET_JDK);
  }

  private static Finding compiler() {
    return ToolProvider.getSystemJavaCompiler() != null
        ? Finding.ok("Java compiler", "part of this JDK")
        : Finding.fail(
            "Java compiler", "none: this is a JRE, and rewards written in Java need one", GET_JDK);
  }

  private Finding maven() {
    Optional<Path> program = surroundings.program("mvn");
    if (program.isEmpty()) {
      return Finding.warn("Maven", "not found; only needed to build", GET_MAVEN);
    }
    String printed = surroundings.output(program.get(), "--version").orElse("");
    Matcher version = MAVEN.matcher(printed);
    if (!version.find()) {
      return Finding.warn("Maven", program.get() + " does not run", GET_MAVEN);
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    String found = version.group().substring("Apache Maven ".length()) + " in " + program.get();
    return major > 3 || (major == 3 && minor >= 8)
        ? Finding.ok("Maven", found)
        : Finding.warn("Maven", found, GET_MAVEN);
  }
}
