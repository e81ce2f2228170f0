package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.template.RewardTemplates;

final class WorkspaceTest {
  private final Workspace workspace = new Workspace();
  private final Dataset dataset = Dataset.of("ds", List.of(Task.of("a", "1+1?", "2")));

  @Test
  void anObjectIsFoundByItsNameAndType() {
    workspace.put("ds", dataset);
    assertEquals(Optional.of(dataset), workspace.get("ds"));
    assertEquals(Optional.of(dataset), workspace.get("ds", Dataset.class));
    assertEquals(Optional.empty(), workspace.get("ds", Run.class));
    assertEquals(List.of("ds"), workspace.names(Dataset.class));
    workspace.remove("ds");
    assertEquals(Optional.empty(), workspace.get("ds"));
  }

  @Test
  void aNameIsAJavaIdentifier() {
    for (String name : List.of("", "2x", "a-b", "a b", "../x")) {
      assertThrows(IllegalArgumentException.class, () -> workspace.put(name, dataset), name);
    }
  }

  @Test
  void otherPlacesAreAskedOnlyForWhatIsNotHere() {
    workspace.also(
        name -> name.equals("a") || name.equals("b") ? Optional.of(7) : Optional.empty());
    workspace.put("a", 1);
    assertEquals(Optional.of(1), workspace.get("a"));
    assertEquals(Optional.of(7), workspace.get("b"));
    workspace.clear();
    assertEquals(Optional.of(7), workspace.get("a"));
  }

  @Test
  void aWrongTypeIsNamedWithThoseThatFit() {
    workspace.put("len", RewardTemplates.unit("exact-match"));
    workspace.put("ds", dataset);
    CommandException wrong = workspace.wrongType("len", "dataset", Dataset.class);
    assertNotNull(wrong);
    assertEquals(
        "len is a RewardUnit, the dataset must be a Dataset (there are ds)", wrong.getMessage());
    assertNull(workspace.wrongType("nobody", "dataset", Dataset.class));
    workspace.remove("ds");
    CommandException alone = workspace.wrongType("len", "dataset", Dataset.class);
    assertNotNull(alone);
    assertTrue(String.valueOf(alone.getMessage()).contains("no object of that type"));
  }
}
