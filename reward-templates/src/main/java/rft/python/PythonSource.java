package rft.python;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rft.reward.CompileProblem;
import rft.reward.RewardCompileException;
import rft.sandbox.NoSandboxException;
import rft.sandbox.PythonException;
import rft.sandbox.PythonOutline;

/**
 * A Python file that is a reward.
 *
 * @param file what messages call it
 * @param text the whole file
 * @param entry the function that makes it a reward
 * @param arguments names of what that function is given, in its order
 */
record PythonSource(String file, String text, PythonEntry entry, List<String> arguments) {
  private static final int MOST_KNOWN = 32;

  /** What was looked at last: a reward is checked and loaded one after the other. */
  private static final Map<List<String>, PythonSource> KNOWN =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, PythonSource> eldest) {
              return size() > MOST_KNOWN;
            }
          });

  PythonSource {
    arguments = List.copyOf(arguments);
  }

  /**
   * Returns the reward that a file is; nothing of it is run. Without a sandbox only its text is
   * looked at.
   *
   * @throws RewardCompileException if it is no Python, or has none of the functions
   */
  static PythonSource of(String name, String text) {
    String file = name + ".py";
    PythonSource known = KNOWN.get(List.of(name, text));
    if (known != null) {
      return known;
    }
    try {
      PythonSource source = of(name, file, text, PythonOutline.of(file, text));
      KNOWN.put(List.of(name, text), source);
      return source;
    } catch (NoSandboxException e) {
      return ofText(name, file, text);
    } catch (PythonException e) {
      throw problem(name, e.line(), e.column(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw problem(name, 1, 1, "it cannot be looked at: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward was looked at", e);
    }
  }

  private static PythonSource of(String name, String file, String text, PythonOutline outline) {
    for (PythonEntry entry : PythonEntry.values()) {
      PythonOutline.Function function = outline.function(entry.function()).orElse(null);
      if (function != null) {
        return new PythonSource(file, text, entry, arguments(name, entry, function));
      }
      if (entry != PythonEntry.REWARD && outline.names().contains(entry.function())) {
        return new PythonSource(file, text, entry, entry.arguments());
      }
    }
    String defined =
        outline.functions().stream()
            .map(PythonOutline.Function::name)
            .distinct()
            .collect(Collectors.joining(", "));
    throw noEntry(name, defined.isEmpty() ? "" : "; it defines " + defined);
  }

  private static List<String> arguments(
      String name, PythonEntry entry, PythonOutline.Function function) {
    if (entry != PythonEntry.REWARD) {
      int count = entry.arguments().size();
      if (function.required() > count || function.arguments().size() < count) {
        throw problem(name, function.line(), 1, entry.function() + " must be " + entry.signature());
      }
      return entry.arguments();
    }
    List<String> given = new ArrayList<>();
    for (String argument : function.arguments()) {
      if (!entry.arguments().contains(argument)) {
        if (given.size() < function.required()) {
          throw problem(
              name,
              function.line(),
              1,
              "reward has an argument "
                  + argument
                  + "; it can take "
                  + String.join(", ", entry.arguments()));
        }
        break;
      }
      given.add(argument);
    }
    return given;
  }

  /** Finds the function by its text, where nothing can parse it. */
  private static PythonSource ofText(String name, String file, String text) {
    return Stream.of(PythonEntry.values())
        .filter(
            entry ->
                Pattern.compile("(?m)^\\uFEFF?(async )?def " + entry.function() + "\\b")
                    .matcher(text)
                    .find())
        .findFirst()
        .map(entry -> new PythonSource(file, text, entry, entry.arguments()))
        .orElseThrow(() -> noEntry(name, ""));
  }

  private static RewardCompileException noEntry(String name, String defined) {
    return problem(
        name,
        1,
        1,
        "it has no function that makes it a reward: "
            + Stream.of(PythonEntry.values())
                .map(PythonEntry::signature)
                .collect(Collectors.joining(", or "))
            + defined);
  }

  private static RewardCompileException problem(String name, int line, int column, String message) {
    return new RewardCompileException(
        name, List.of(new CompileProblem(Math.max(1, line), Math.max(1, column), message)));
  }
}
