package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;

/** A committed notebook that was written for IJava runs; only its folder is put in. */
final class IJavaNotebookTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private TestNotebook notebook;

  @BeforeEach
  void start() {
    notebook = new TestNotebook(home);
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  @Test
  void everyCellGivesWhatItGaveThere() throws Exception {
    compile("greeting.Greeting", "Hello", home.resolve("built"));
    compile("farewell.Farewell", ", bye", home.resolve("classes"));
    jar(home.resolve("built"), home.resolve("lib").resolve("greeting.jar"));
    Files.writeString(home.resolve("setup.jsh"), "int twice(int n) {\n  return 2 * n;\n}\n");
    Files.writeString(home.resolve("other.ipynb"), otherNotebook());
    List<String> results = new ArrayList<>();
    for (String code : cells()) {
      results.add(notebook.run(code.replace("./", home + "/")));
    }
    assertEquals(
        List.of(
            "IJava",
            "2.0",
            "",
            "",
            "Run Unchanged",
            "Hello, bye",
            "42",
            "loaded",
            "true",
            "jupyter.org",
            "2",
            "%maven is text here"),
        results);
    assertTrue(notebook.shown().contains("italic"), notebook.shown());
  }

  private static List<String> cells() throws IOException {
    List<String> codes = new ArrayList<>();
    try (InputStream in = IJavaNotebookTest.class.getResourceAsStream("/ijava.ipynb")) {
      for (JsonNode cell : JSON.readTree(in).path("cells")) {
        if (cell.path("cell_type").asText().equals("code")) {
          StringBuilder code = new StringBuilder();
          cell.path("source").forEach(line -> code.append(line.asText()));
          codes.add(code.toString());
        }
      }
    }
    return codes;
  }

  private static String otherNotebook() {
    return """
        {"cells": [{"cell_type": "markdown", "source": ["no code"]},
          {"cell_type": "code", "source": ["String fromNotebook =\\n", "    \\"loaded\\";"]}],
         "nbformat": 4}
        """;
  }

  private void compile(String name, String text, Path classes) throws IOException {
    int dot = name.indexOf('.');
    Path source =
        Files.createDirectories(home.resolve("source")).resolve(name.substring(dot + 1) + ".java");
    Files.writeString(
        source,
        "package %s; public class %s { public static String text() { return \"%s\"; } }"
            .formatted(name.substring(0, dot), name.substring(dot + 1), text));
    Files.createDirectories(classes);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertEquals(0, exit);
  }

  private static void jar(Path classes, Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("greeting/Greeting.class"));
      entries.write(Files.readAllBytes(classes.resolve("greeting/Greeting.class")));
    }
  }

  @Test
  void aJarOfTheProductInAnotherVersionIsLeftOutAndNamed() throws CellError {
    notebook.run("%maven com.fasterxml.jackson.core:jackson-annotations:2.21");
    assertEquals("", notebook.shown());
    Path jar = home.resolve("jackson-annotations-2.10.jar");
    try {
      jar(compiledGreeting(), jar);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    notebook.run("%jars " + jar);
    assertTrue(
        notebook.shown().contains("jackson-annotations-2.10.jar is left out: jackson-annotations-"),
        notebook.shown());
  }

  private Path compiledGreeting() throws IOException {
    compile("greeting.Greeting", "Hello", home.resolve("built"));
    return home.resolve("built");
  }

  @Test
  void mistakesOfLibrariesArePointedAt() {
    CellError error = notebook.fail("%maven org.apache.commons:commons-lang3");
    assertEquals("BadValue", error.errorName());
    assertEquals("BadValue", notebook.fail("%mavenRepo x nowhere").errorName());
    assertEquals("UnknownFile", notebook.fail("%jars " + home + "/none/*.jar").errorName());
    assertEquals("UnknownFile", notebook.fail("%load " + home + "/none").errorName());
    assertEquals("BadPom", notebook.fail("%%loadFromPOM", "<dependency>").errorName());
    String missing =
        notebook
            .fail("%%loadFromPOM", "<dependency><artifactId>a</artifactId></dependency>")
            .getMessage();
    assertTrue(missing.contains("a needs a <groupId> here"), missing);
  }

  @Test
  void aPomMayBeWhole() throws IOException {
    PomFragment pom =
        PomFragment.parse(
            """
            <?xml version="1.0"?>
            <project>
              <properties><v>1.2</v></properties>
              <repositories><repository><id>r</id><url>https://r/</url></repository></repositories>
              <dependencyManagement><dependencies><dependency/></dependencies></dependencyManagement>
              <dependencies>
                <dependency><groupId>g</groupId><artifactId>a</artifactId><version>${v}</version>
                  <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion>
                  </exclusions></dependency>
                <dependency><groupId>g</groupId><artifactId>t</artifactId><version>1</version>
                  <scope>test</scope></dependency>
              </dependencies>
            </project>
            """);
    assertEquals(1, pom.dependencies().size());
    assertEquals("g:a:jar:1.2", pom.dependencies().get(0).getArtifact().toString());
    assertEquals("https://r/", pom.repositories().get("r"));
  }
}
