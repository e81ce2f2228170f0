package rft.cell;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.lang.model.SourceVersion;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/** The variables of cells: static fields of the classes that JShell puts them into. */
final class Variables {
  private final JShell shell;

  Variables(JShell shell) {
    this.shell = shell;
  }

  void declare(String name, Class<?> type, @Nullable Object value) {
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of a Java variable");
    }
    shell.eval(typeName(type) + " " + name + ";");
    VarSnippet declared =
        find(name)
            .orElseThrow(
                () -> new IllegalArgumentException("cells cannot name the type of " + name));
    Exchange.ofThread().accessNext(field -> field.set(null, value));
    shell.varValue(declared);
  }

  Optional<Object> value(String name) {
    return find(name).map(this::read);
  }

  List<Variable> all() {
    List<Variable> all = new ArrayList<>();
    shell
        .variables()
        .filter(each -> each.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
        .filter(each -> shell.status(each) == Status.VALID)
        .forEach(each -> all.add(new Variable(each.name(), each.typeName(), read(each))));
    return all;
  }

  private Optional<VarSnippet> find(String name) {
    return shell
        .variables()
        .filter(each -> each.name().equals(name) && shell.status(each) == Status.VALID)
        .findFirst();
  }

  private @Nullable Object read(VarSnippet variable) {
    AtomicReference<@Nullable Object> value = new AtomicReference<>();
    Exchange.ofThread().accessNext(field -> value.set(field.get(null)));
    shell.varValue(variable);
    return value.get();
  }

  private static String typeName(Class<?> type) {
    if (type.isArray()) {
      return typeName(type.getComponentType()) + "[]";
    }
    Class<?> named = type;
    while (!isNameable(named)) {
      Class<?> parent = named.getSuperclass();
      named = parent == null ? Object.class : parent;
    }
    return TraceReport.plainNames(named.getCanonicalName());
  }

  private static boolean isNameable(Class<?> type) {
    if (type.getName().startsWith("REPL.")) {
      return type.getCanonicalName() != null;
    }
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (!each.isPrimitive() && !Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return type.getCanonicalName() != null;
  }
}
