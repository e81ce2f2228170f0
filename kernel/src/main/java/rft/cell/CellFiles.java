package rft.cell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/** The files a compiler of cells sees: the class path, and the classes of earlier cells. */
final class CellFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  static final String PACKAGE = "REPL";

  private final Map<String, byte[]> earlier;
  private final Map<String, ByteArrayOutputStream> made = new LinkedHashMap<>();

  /**
   * @param earlier code of the classes of cells by name
   */
  CellFiles(StandardJavaFileManager files, Set<String> classPath, Map<String, byte[]> earlier)
      throws IOException {
    super(files);
    this.earlier = earlier;
    files.setLocation(StandardLocation.CLASS_PATH, classPath.stream().map(File::new).toList());
  }

  /** Returns a text to compile, whose classes name this file in their frames. */
  static JavaFileObject source(String file, String text) {
    return new InMemory(file, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /** Returns and forgets the classes that were made. */
  List<ClassBytecodes> takeMade() {
    List<ClassBytecodes> classes =
        made.entrySet().stream()
            .map(each -> new ClassBytecodes(each.getKey(), each.getValue().toByteArray()))
            .toList();
    made.clear();
    return classes;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String name, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location != StandardLocation.CLASS_PATH || !name.equals(PACKAGE)) {
      return super.list(location, name, kinds, recurse);
    }
    List<JavaFileObject> classes = new ArrayList<>();
    earlier.forEach((type, code) -> classes.add(new Earlier(type, code)));
    return classes;
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof Earlier earlierClass
        ? earlierClass.type
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a == b
        || (!(a instanceof InMemory) && !(b instanceof InMemory) && super.isSameFile(a, b));
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
    return new InMemory(type, kind) {
      @Override
      public OutputStream openOutputStream() {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        made.put(type, code);
        return code;
      }
    };
  }

  /** A file that has a name only. */
  private static class InMemory extends SimpleJavaFileObject {
    InMemory(String name, Kind kind) {
      super(address(name), kind);
    }

    private static URI address(String name) {
      try {
        return new URI("cell", "", "/" + name, null);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(name + " is no name of a file", e);
      }
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return true;
    }
  }

  private static final class Earlier extends InMemory {
    final String type;
    private final byte[] code;

    Earlier(String type, byte[] code) {
      super(type, Kind.CLASS);
      this.type = type;
      this.code = code;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(code);
    }
  }
}
