package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleNotebooksTest {
  @TempDir Path folder;

  @Test
  void aChangedCopyIsLeftAloneAndAnUnchangedOneFollowsItsOriginal() throws Exception {
    Path originals = Files.createDirectories(folder.resolve("notebooks"));
    for (String name : List.of("a.ipynb", "b.ipynb", "requirements.txt")) {
      Files.writeString(originals.resolve(name), "old");
    }
    SampleNotebooks samples = new SampleNotebooks(originals);
    Path work = folder.resolve("work");
    assertEquals(List.of("a.ipynb", "b.ipynb"), samples.copyTo(work).written());
    assertEquals(List.of(), samples.copyTo(work).written());

    Files.writeString(work.resolve("a.ipynb"), "mine");
    Files.writeString(originals.resolve("a.ipynb"), "new");
    Files.writeString(originals.resolve("b.ipynb"), "new");
    SampleNotebooks.Copied copied = samples.copyTo(work);
    assertEquals(List.of("b.ipynb"), copied.written());
    assertEquals(List.of("a.ipynb"), copied.kept());
    assertEquals("mine", Files.readString(work.resolve("a.ipynb")));
    assertEquals("new", Files.readString(work.resolve("b.ipynb")));
  }

  @Test
  void aFileThatWasThereBeforeIsLeftAlone() throws Exception {
    Path originals = Files.createDirectories(folder.resolve("notebooks"));
    Files.writeString(originals.resolve("a.ipynb"), "theirs");
    Path work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(work.resolve("a.ipynb"), "mine");
    assertEquals(List.of("a.ipynb"), new SampleNotebooks(originals).copyTo(work).kept());
    assertEquals("mine", Files.readString(work.resolve("a.ipynb")));
  }

  @Test
  void withoutSamplesTheFolderIsJustMade() throws Exception {
    new SampleNotebooks(folder.resolve("none")).copyTo(folder.resolve("work"));
    assertEquals(true, Files.isDirectory(folder.resolve("work")));
  }
}
