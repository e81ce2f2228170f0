package rft.playground;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.Installation;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.Task;
import rft.run.CheckpointStore;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.template.RewardTemplates;
import rft.web.RouteMark;
import rft.web.Routes;

/** Which models there are, what is to be known of each, and questions to them. */
final class ModelRoutes implements Routes {
  /** What other tools load; the state of the optimizer is for resuming only. */
  private static final List<String> EXPORTED =
      List.of(
          "adapter_config.json",
          "adapter_model.safetensors",
          "config.json",
          "generation_config.json",
          "model.safetensors",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "chat_template.jinja");

  private final RunHome home;
  private final Installation installation;
  private final ModelShelf shelf;
  private final Chat chat;
  private final TestSet tests;
  private final TestLog log;
  private final ModelExporter exporter;

  ModelRoutes(
      RunHome home, Installation installation, ModelShelf shelf, WarmModels models, TestLog log) {
    this.home = home;
    this.installation = installation;
    this.shelf = shelf;
    this.chat = new Chat(home, shelf, models);
    this.tests = new TestSet(home, installation, shelf, models, log);
    this.log = log;
    this.exporter = new ModelExporter(home);
  }

  /** A ready reward. */
  record Reward(String name, String summary) {}

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/playground/models", context -> context.json(shelf.list()));
    routes.get("/api/models/{run}", context -> context.json(page(context.pathParam("run"))));
    routes.get("/api/models/{run}/example", this::example);
    routes.get("/api/models/{run}/files", this::download);
    routes.post("/api/models/{run}/export", this::export);
    routes.get("/api/playground/options", context -> context.json(options()));
    routes.post(
        "/api/playground/chat",
        context -> LiveResponse.send(context, chat.work(context.bodyAsClass(Chat.Ask.class))),
        RouteMark.QUIET);
    routes.post(
        "/api/playground/testset",
        context -> LiveResponse.send(context, tests.work(context.bodyAsClass(TestSet.Ask.class))),
        RouteMark.QUIET);
  }

  private Map<String, Object> options() {
    return Map.of(
        "datasets",
        installation.sampleDatasets(),
        "rewards",
        RewardTemplates.all().stream()
            .map(reward -> new Reward(reward.name(), reward.summary()))
            .toList());
  }

  private ModelPage page(String run) throws IOException {
    try (RunReader reader = RunReader.open(home.open(run))) {
      return ModelPage.of(reader, shelf, log);
    }
  }

  /** A prompt to begin with, and what the reward checks its answer against. */
  record Example(String system, String prompt, String reference) {
    static Example of(Task task) {
      String system =
          task.messages().stream()
              .filter(message -> message.role() == Role.SYSTEM)
              .map(Message::content)
              .collect(Collectors.joining("\n"));
      return new Example(system, task.promptText(), task.referenceText());
    }
  }

  /** Answers with a row that the run was not trained on, if its dataset still has one. */
  private void example(Context context) throws IOException {
    String run = home.open(context.pathParam("run")).id();
    try {
      DatasetChoice choice = new DatasetChoice(null, run, "validation", 1);
      context.json(Example.of(choice.read(home, installation).tasks().get(0)));
    } catch (CommandException | IOException gone) {
      context.status(HttpStatus.NO_CONTENT);
    }
  }

  private void export(Context context) throws IOException, InterruptedException {
    ModelExporter.Wish wish = context.bodyAsClass(ModelExporter.Wish.class);
    context.json(exporter.export(context.pathParam("run"), wish));
  }

  /** Sends a checkpoint as a zip of the files that other tools load, with its card. */
  private void download(Context context) throws IOException {
    String run = context.pathParam("run");
    int step;
    String card;
    try (RunReader reader = RunReader.open(home.open(run))) {
      step = step(shelf.tuned(reader), context.queryParam("step"));
      card = ModelPage.card(reader, shelf, step);
    }
    Path folder = new CheckpointStore(home.open(run)).folder(step);
    String name = run + "-" + ModelShelf.nameOf(folder);
    context.contentType("application/zip");
    context.header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"");
    OutputStream out = context.outputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String file : EXPORTED) {
        Path path = folder.resolve(file);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          zip.putNextEntry(new ZipEntry(name + "/" + file));
          Files.copy(path, zip);
          zip.closeEntry();
        }
      }
      zip.putNextEntry(new ZipEntry(name + "/README.md"));
      zip.write(card.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }

  private static int step(ModelShelf.Tuned model, @Nullable String step) {
    List<Integer> steps = model.checkpoints().stream().map(ModelShelf.Checkpoint::step).toList();
    Integer best = model.best();
    int wanted =
        step != null && step.matches("[0-9]{1,9}")
            ? Integer.parseInt(step)
            : best != null ? best : steps.isEmpty() ? -1 : steps.get(steps.size() - 1);
    if (!steps.contains(wanted)) {
      throw new NotFoundResponse(
          "run " + model.run() + " has no such checkpoint, only of " + steps);
    }
    return wanted;
  }
}
