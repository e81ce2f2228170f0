package rft.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The whole product as the architecture tests see it: its classes and its source files. */
final class Product {
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("rft");

  private Product() {}

  static Path root() {
    return Path.of(System.getProperty("rft.root", ".."));
  }

  /** Returns every Java source of every module; main only, or tests too. */
  static List<Path> sources(boolean withTests) {
    try (Stream<Path> modules = Files.list(root())) {
      return modules
          .filter(module -> Files.isRegularFile(module.resolve("pom.xml")))
          .flatMap(
              module ->
                  withTests
                      ? Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java"))
                      : Stream.of(module.resolve("src/main/java")))
          .filter(Files::isDirectory)
          .flatMap(Product::javaFiles)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
