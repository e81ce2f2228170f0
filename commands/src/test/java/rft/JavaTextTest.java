package rft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.command.Run;
import rft.command.Workspace;
import rft.dataset.Dataset;
import rft.dataset.Task;

final class JavaTextTest {
  private static final String VARIABLES =
      "rft.dataset.Dataset ds, rft.reward.RewardUnit len, rft.command.Run run1";

  @TempDir Path folder;

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private void nameObjects() throws IOException {
    Workspace workspace = Workspace.current();
    workspace.put("ds", Dataset.of("ds", List.of(Task.of("a", "1+1?", "2"))));
    workspace.put("len", Rft.reward("len", "return 1;"));
    workspace.put("run1", new Run("a-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train|--data=ds --reward=len --steps=20 --lr=2e-3 --full|Rft.train().data(ds).reward(len).steps(20).lr(2e-3).full().run()",
        "train|--data=addition --targets=q_proj,k_proj --seed=5000000000|Rft.train().data(\"addition\").targets(\"q_proj\", \"k_proj\").seed(5000000000L).run()",
        "train|--fork=run1@20 --kl=1 --loss=gspo|Rft.train().fork(run1, 20).kl(1).loss(\"gspo\").run()",
        "evaluate|--run run1 --data addition --split=test|Rft.evaluate().run(run1).data(\"addition\").split(\"test\").run()",
        "compare|--model=run1 --data=ds --temperature=.5|Rft.compare().model(run1).data(ds).temperature(0.5).run()",
        "inspect|run1 --worst --weights=a=1,b=0.2|Rft.inspect().run(run1).worst().weight(\"a\", 1).weight(\"b\", 0.2).run()",
        "inspect|run1 --diff 1,3|Rft.inspect().run(run1).diff(1, 3).run()",
        "reward try|len --run=run1 --limit=9|Rft.score().reward(len).run(run1).limit(9).run()",
        "reward diff|len exact-match --run=run1|Rft.diff().reward(len).reward(\"exact-match\").run(run1).run()",
        "chat|--message=hi --message=and? --run=run1@3|Rft.chat().message(\"hi\").message(\"and?\").run(run1, 3).run()",
        "runs export|run1 --csv=m.csv|Rft.export().run(run1).csv(\"m.csv\").run()",
        "runs list||Rft.call(\"runs list\")",
        "data split|a.jsonl --out=b|Rft.call(\"data split\", \"a.jsonl\", \"--out=b\")"
      })
  void theJavaDoesWhatTheCommandDoes(String verb, String arguments, String java)
      throws IOException {
    nameObjects();
    List<String> given = arguments == null ? List.of() : List.of(arguments.split(" +"));
    String text = JavaText.of(verb, given);
    assertTrue(text.replace('"', '\'').startsWith(java.replace('"', '\'')), text);
    assertCompiles("return " + text + ";");
    assertCompiles(JavaText.of(verb, given, "x") + " return x;");
  }

  @Test
  void aNameIsBoundToWhatTheMagicBinds() throws IOException {
    nameObjects();
    assertEquals(
        "var r = Rft.train().data(ds).reward(len).run().lastRun();",
        JavaText.of("train", List.of("--data=ds", "--reward=len"), "r"));
    assertEquals(
        "var r = Rft.train().data(ds).seeds(3).run().allRuns();",
        JavaText.of("train", List.of("--data=ds", "--seeds=3"), "r"));
    assertEquals(
        "var m = Rft.model(\"tiny-chat\");", JavaText.of("model show", List.of("tiny-chat"), "m"));
    assertCompiles(JavaText.of("data show", List.of("addition"), "d") + " return d.tasks();");
  }

  @Test
  void textIsQuoted() throws IOException {
    String odd = "say \"hi\" \\ \u00e9\n\u2028";
    String text = JavaText.of("chat", List.of("--message=" + odd));
    assertTrue(text.contains("\"say \\\"hi\\\" \\\\ \\u00e9\\n\\u2028\""), text);
    assertCompiles("return " + text + ";");
    assertEquals(
        "Rft.chat().both().message(\"What is 3 + 4?\").run()",
        JavaText.of("chat", List.of("--both", "What", "is", "3 + 4?")));
  }

  private void assertCompiles(String statements) {
    String source =
        "import rft.*; class X { Object x("
            + VARIABLES
            + ") throws Exception { "
            + statements
            + " } }";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("text:///X.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    assertTrue(
        compiler.getTask(messages, null, null, options, null, List.of(file)).call(),
        () -> source + "\n" + messages);
  }
}
