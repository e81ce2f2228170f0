package rft.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes libraries from Maven repositories. */
final class MavenMagics {
  private MavenMagics() {}

  /** Adds artifacts. */
  @Command(
      name = "maven",
      description = "Add artifacts, and what they need, to the class path of cells.",
      footer = "  %maven org.apache.commons:commons-text:1.14.0")
  static final class Add implements CellCommand {
    @Parameters(
        arity = "1..*",
        paramLabel = "GROUP:ARTIFACT:VERSION",
        description = "What to add; also GROUP:ARTIFACT:TYPE:CLASSIFIER:VERSION.")
    private List<String> coordinates = new ArrayList<>();

    Add() {}

    @Override
    public Optional<Object> run(MagicCall call) throws IOException {
      List<Dependency> wanted = new ArrayList<>();
      for (String each : coordinates) {
        try {
          wanted.add(new Dependency(new DefaultArtifact(each), JavaScopes.RUNTIME));
        } catch (IllegalArgumentException e) {
          throw call.wrong(
              each,
              "BadValue",
              "\""
                  + each
                  + "\" must be written GROUP:ARTIFACT:VERSION, for example"
                  + " org.apache.commons:commons-text:1.14.0");
        }
      }
      return add(call, wanted);
    }
  }

  /** Adds a place to look for artifacts. */
  @Command(
      name = "mavenRepo",
      description = "Look for artifacts in one more repository.",
      footer = "  %mavenRepo spring https://repo.spring.io/milestone/")
  static final class Repository implements CellCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "A name of your choice.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "URL", description = "Where it is.")
    private String url = "";

    Repository() {}

    @Override
    public Optional<Object> run(MagicCall call) {
      if (!url.matches("(?i)(https?|file):.+")) {
        throw call.wrong(url, "BadValue", "\"" + url + "\" is no address of a repository");
      }
      call.state().maven().addRepository(id, url);
      return Optional.empty();
    }
  }

  /** Adds what a POM declares. */
  @Command(
      name = "loadFromPOM",
      description = "Add the dependencies and repositories of a POM, or of a part of one, below.",
      footer = {
        "  %%%%loadFromPOM",
        "  <dependency><groupId>org.apache.commons</groupId>",
        "  <artifactId>commons-text</artifactId><version>1.14.0</version></dependency>"
      })
  static final class Pom implements CellCommand {
    @Parameters(
        arity = "0..*",
        paramLabel = "FILE",
        description = "A pom.xml, when nothing stands below.")
    private List<String> arguments = new ArrayList<>();

    Pom() {}

    @Override
    public Optional<Object> run(MagicCall call) throws IOException {
      PomFragment pom;
      try {
        pom = PomFragment.parse(text(call));
      } catch (IOException | IllegalArgumentException e) {
        throw call.wrong("BadPom", String.valueOf(e.getMessage()));
      }
      pom.repositories().forEach((id, url) -> call.state().maven().addRepository(id, url));
      return pom.dependencies().isEmpty() ? Optional.empty() : add(call, pom.dependencies());
    }

    private String text(MagicCall call) throws IOException {
      if (call.hasBody()) {
        return call.body();
      }
      if (arguments.isEmpty()) {
        throw call.wrong("Usage", call.magic().title() + " needs dependencies below it, or a file");
      }
      Path file = Path.of(FilePattern.expanded(arguments.get(0)));
      if (!Files.isRegularFile(file)) {
        throw call.wrong(arguments.get(0), "UnknownFile", "no file \"" + arguments.get(0) + "\"");
      }
      return Files.readString(file);
    }
  }

  private static Optional<Object> add(MagicCall call, List<Dependency> wanted) throws IOException {
    List<Path> jars;
    try {
      jars = call.state().maven().resolve(wanted);
    } catch (DependencyResolutionException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      MagicException missing = blamed(call, wanted, message);
      missing.initCause(e);
      throw missing;
    }
    List<String> conflicts = call.state().classPath().add(jars);
    conflicts.forEach(conflict -> call.output().display(new DisplayData(conflict)));
    return Optional.empty();
  }

  private static MagicException blamed(MagicCall call, List<Dependency> wanted, String message) {
    for (Dependency each : wanted) {
      String artifact = each.getArtifact().getGroupId() + ":" + each.getArtifact().getArtifactId();
      for (Token token : call.tokens()) {
        if (message.contains(artifact + ":") && token.text().startsWith(artifact + ":")) {
          return MagicException.at(token, "UnresolvedDependency", message);
        }
      }
    }
    return call.wrong("UnresolvedDependency", message);
  }
}
