package rft.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;

/**
 * The named objects of this process: a dataset, a reward, a model or a run that a cell made, and
 * that every option takes by its name in place of a file. Safe for use by several threads.
 */
public final class Workspace {
  private static final Workspace CURRENT = new Workspace();
  private static final Pattern NAME =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

  private final Map<String, Object> objects = new LinkedHashMap<>();
  private final Map<String, Loan> lent = new LinkedHashMap<>();
  private final List<Function<String, Optional<Object>>> others = new ArrayList<>();

  /** Makes an empty one; the one that options look into is {@link #current}. */
  public Workspace() {}

  /** Returns the one of this process. */
  public static Workspace current() {
    return CURRENT;
  }

  /**
   * Puts an object under a name, in place of one that had it.
   *
   * @param name a Java identifier
   * @throws IllegalArgumentException if it is none
   */
  public synchronized void put(String name, Object value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name: begin with a letter and use letters, digits and _");
    }
    objects.remove(name);
    objects.put(name, value);
  }

  /** Returns what has this name here, or else where {@link #also} looks. */
  public Optional<Object> get(String name) {
    List<Function<String, Optional<Object>>> places;
    synchronized (this) {
      Loan loan = lent.get(name);
      Object mine = loan == null ? objects.get(name) : loan.value;
      if (mine != null) {
        return Optional.of(mine);
      }
      places = List.copyOf(others);
    }
    return places.stream().flatMap(place -> place.apply(name).stream()).findFirst();
  }

  /** Returns what has this name, if it is of this type. */
  public <T> Optional<T> get(String name, Class<T> type) {
    return get(name).filter(type::isInstance).map(type::cast);
  }

  /** Returns the names of the objects of a type, in the order they were put. */
  public synchronized List<String> names(Class<?> type) {
    return objects.entrySet().stream()
        .filter(entry -> type.isInstance(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns every object by its name, in the order they were put. */
  public synchronized Map<String, Object> entries() {
    return new LinkedHashMap<>(objects);
  }

  /** Forgets a name. */
  public synchronized void remove(String name) {
    objects.remove(name);
  }

  /** Forgets every name; the places to look besides stay. */
  public synchronized void clear() {
    objects.clear();
  }

  /**
   * Returns a name under which an object is found until it is given back: its own, or a free one.
   *
   * @param wish how it would like to be called; other characters than those of a name are replaced
   */
  public synchronized String lend(String wish, Object value) {
    for (Map.Entry<String, Object> entry : objects.entrySet()) {
      if (entry.getValue() == value && !lent.containsKey(entry.getKey())) {
        return entry.getKey();
      }
    }
    for (Map.Entry<String, Loan> entry : lent.entrySet()) {
      if (entry.getValue().value == value) {
        entry.getValue().times++;
        return entry.getKey();
      }
    }
    String stem = wish.replaceAll("[^\\p{javaJavaIdentifierPart}]+", "_");
    String base = NAME.matcher(stem).matches() ? stem : "_" + stem;
    String name = base;
    for (int i = 2; objects.containsKey(name) || lent.containsKey(name); i++) {
      name = base + "_" + i;
    }
    lent.put(name, new Loan(value));
    return name;
  }

  /** Ends what {@link #lend} began; an object's own name stays. */
  public synchronized void giveBack(String name) {
    Loan loan = lent.get(name);
    if (loan != null && --loan.times == 0) {
      lent.remove(name);
    }
  }

  /** An object that has a name for as long as somebody uses it. */
  private static final class Loan {
    final Object value;
    int times = 1;

    Loan(Object value) {
      this.value = value;
    }
  }

  /** Adds a place to look where a name is not found here, for example the variables of cells. */
  public synchronized void also(Function<String, Optional<Object>> place) {
    others.add(place);
  }

  /**
   * Returns why an object of this name cannot be used, or null if there is no object of this name.
   *
   * @param role what was looked for, for example {@code dataset}
   * @param wanted its type
   */
  @Nullable CommandException wrongType(String name, String role, Class<?> wanted) {
    Optional<Object> found = get(name);
    if (found.isEmpty()) {
      return null;
    }
    List<String> fitting = names(wanted);
    return new CommandException(
        ExitCode.USAGE,
        name
            + " is a "
            + found.get().getClass().getSimpleName()
            + ", the "
            + role
            + " must be a "
            + wanted.getSimpleName()
            + (fitting.isEmpty()
                ? "; no object of that type has a name yet"
                : NearestName.hint(name, fitting)
                    + " (there are "
                    + String.join(", ", fitting)
                    + ")"));
  }
}
