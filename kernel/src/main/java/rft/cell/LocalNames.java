package rft.cell;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Parameters and local variables that a text declares: JShell does not complete them. */
final class LocalNames {
  private static final Pattern DECLARED =
      Pattern.compile("([\\w$>\\]]|\\.\\.\\.)\\s+([a-z_$][\\w$]*)\\s*(?=[=;,):])");
  private static final Pattern OF_LAMBDA =
      Pattern.compile("(?:\\(([\\w\\s,]*)\\)|\\b([a-z_$][\\w$]*))\\s*->");
  private static final Set<String> NO_TYPE =
      Set.of("return", "throw", "new", "case", "else", "assert");
  private static final Pattern LAST_WORD = Pattern.compile("(\\w+)$");

  private LocalNames() {}

  /** Returns those that begin with the stem, in alphabetical order. */
  static List<String> startingWith(String stem, String before) {
    String code = Reader.withoutText(before);
    Set<String> names = new TreeSet<>();
    Matcher declared = DECLARED.matcher(code);
    while (declared.find()) {
      Matcher type = LAST_WORD.matcher(code.substring(0, declared.end(1)));
      if (!type.find() || !NO_TYPE.contains(type.group(1))) {
        names.add(declared.group(2));
      }
    }
    Matcher lambda = OF_LAMBDA.matcher(code);
    while (lambda.find()) {
      String list = lambda.group(1) == null ? lambda.group(2) : lambda.group(1);
      for (String each : list.split(",")) {
        names.add(each.strip());
      }
    }
    return names.stream()
        .filter(name -> name.startsWith(stem) && SourceVersion.isName(name))
        .toList();
  }
}
