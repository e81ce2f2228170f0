package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.command.CommandException;

final class JupyterFoldersTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, X, '', /home/me/.local/share/jupyter/kernels",
    "Linux, XDG_DATA_HOME, /data, /data/jupyter/kernels",
    "Linux, JUPYTER_DATA_DIR, /j, /j/kernels",
    "Mac OS X, X, '', /home/me/Library/Jupyter/kernels",
    "Mac OS X, JUPYTER_DATA_DIR, /j, /j/kernels",
    "Windows 11, APPDATA, /roaming, /roaming/jupyter/kernels",
    "Windows 11, X, '', /home/me/.jupyter/data/kernels"
  })
  void theUsersKernelsAreWhereJupyterLooks(
      String system, String variable, String value, String expected) {
    JupyterFolders folders = folders(system, Map.of(variable, value));
    assertEquals(Path.of(expected), folders.userKernels());
    assertTrue(folders.searched().contains(Path.of(expected)));
  }

  @Test
  void anActiveEnvironmentComesBeforeTheUser() {
    JupyterFolders folders = folders("Linux", Map.of("VIRTUAL_ENV", "/venv"));
    assertEquals(Path.of("/venv/share/jupyter/kernels"), folders.environmentKernels());
    assertEquals(folders.environmentKernels(), folders.searched().get(0));
    assertEquals(folders.userKernels(), folders.searched().get(1));
  }

  @Test
  void foldersThatTheUserNamesComeFirst() {
    JupyterFolders folders =
        folders("Linux", Map.of("JUPYTER_PATH", "/a" + File.pathSeparator + "/b"));
    assertEquals(Path.of("/a/kernels"), folders.searched().get(0));
    assertEquals(Path.of("/b/kernels"), folders.searched().get(1));
  }

  @Test
  void withoutAnActiveEnvironmentOneSentenceSaysWhatToDo() {
    JupyterFolders folders = folders("Linux", Map.of());
    CommandException refused = assertThrows(CommandException.class, folders::environmentKernels);
    assertTrue(refused.getMessage().contains("--prefix"), refused.getMessage());
  }

  private static JupyterFolders folders(String system, Map<String, String> variables) {
    return new JupyterFolders(variables, system, Path.of("/home/me"));
  }
}
