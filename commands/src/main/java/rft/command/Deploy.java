package rft.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.run.RunHome;

/**
 * Deploys what a run made: the workbench of this RFT_HOME, which is started if none runs, answers
 * for it below {@code /v1} until it is taken away.
 */
@Command(
    name = "deploy",
    description = "Deploy what a run made, for any client of OpenAI's protocol.",
    footer = "  rft deploy addition-20261124-213012-3f2a --step 40")
public final class Deploy implements Verb<Deploy.Deployment> {
  private static final String PATH = "/api/deployments";

  @Parameters(
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String run = "";

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Of the checkpoint (default: the best by validation, else the last).")
  private @Nullable Integer step;

  @Option(names = "--off", description = "Take it away again.")
  private boolean off;

  /** For picocli, which sets the options. */
  public Deploy() {}

  /**
   * A model that programs may ask, or may no longer.
   *
   * @param run what made it
   * @param step of its checkpoint; null for the best
   * @param model what programs call it
   * @param address of the protocol, for example {@code http://127.0.0.1:4713/v1}
   * @param token that opens it, told this once; empty where it was taken away
   */
  public record Deployment(
      String run, @Nullable Integer step, String model, String address, String token)
      implements Result {
    @Override
    public Optional<String> text() {
      if (token.isEmpty()) {
        return Optional.of(model + " is no longer deployed");
      }
      return Optional.of(
          """
          %s answers at %s
          Its token, shown this once (rft deploy makes a new one, and the old one ends):
            %s
          For example:
            curl -N %s/chat/completions -H "Authorization: Bearer $TOKEN" \\
              -H 'Content-Type: application/json' \\
              -d '{"model": "%s", "stream": true, "messages": [{"role": "user", "content": "Hello"}]}'\
          """
              .formatted(model, address, token, address, model));
    }
  }

  @Override
  public Deployment run(Progress progress) throws IOException, InterruptedException {
    String id = Run.named(run).id();
    RunHome home = RunHome.standard();
    Map<String, @Nullable Object> wish = new LinkedHashMap<>();
    wish.put("run", id);
    wish.put("step", step);
    if (off) {
      return takenAway(home, id);
    }
    WorkbenchProcess workbench = WorkbenchProcess.require(home, List.of(), progress::stopRequested);
    JsonNode made = workbench.send("POST", PATH, wish);
    return new Deployment(
        id,
        step,
        made.path("modelId").asText(),
        workbench.url() + made.path("path").asText(),
        made.path("token").asText());
  }

  private Deployment takenAway(RunHome home, String id) throws IOException, InterruptedException {
    String name = step == null ? id : id + "-step-" + step;
    WorkbenchProcess workbench =
        WorkbenchProcess.running(home)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.NOT_FOUND, "no workbench runs, so nothing is deployed"));
    workbench.send("DELETE", PATH + "/" + name, Map.of());
    return new Deployment(id, step, name, workbench.url() + "/v1", "");
  }
}
