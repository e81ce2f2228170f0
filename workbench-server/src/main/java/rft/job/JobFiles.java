package rft.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rft.run.ChildProcess;
import rft.run.DurableFile;
import rft.run.RunFolder;

/**
 * The folder of each job: {@code job.json}, and for each of its processes {@code attempt-N}. So a
 * workbench that starts finds every job of the one before, with the processes that went on.
 *
 * @param root holds the folders
 */
record JobFiles(Path root) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final System.Logger LOGGER = System.getLogger("rft.job");
  private static final String FILE = "job.json";

  /** Returns all jobs; a file that cannot be read is left out, and the log says so. */
  List<Job> all() throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (Path folder : DurableFile.list(root)) {
      Path file = folder.resolve(FILE);
      if (RunFolder.isId(DurableFile.nameOf(folder)) && Files.exists(file)) {
        try {
          jobs.add(JSON.readValue(Files.readString(file), Job.class));
        } catch (JsonProcessingException e) {
          LOGGER.log(System.Logger.Level.WARNING, file + " is no job: " + e.getOriginalMessage());
        }
      }
    }
    return jobs;
  }

  void write(Job job) throws IOException {
    DurableFile.createFolders(folder(job.id()));
    DurableFile.write(folder(job.id()).resolve(FILE), JSON.writeValueAsString(job));
  }

  void remove(Job job) throws IOException {
    DurableFile.deleteTree(folder(job.id()));
  }

  /** Returns the folder of the job's latest process. */
  Path attempt(Job job) {
    return folder(job.id()).resolve("attempt-" + job.attempt());
  }

  /** Returns the job's latest process, alive or not; empty if it never had one. */
  Optional<ChildProcess> child(Job job) throws IOException {
    return job.attempt() == 0 ? Optional.empty() : ChildProcess.find(attempt(job));
  }

  private Path folder(String id) {
    return root.resolve(id);
  }
}
