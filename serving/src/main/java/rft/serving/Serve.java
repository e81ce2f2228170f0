package rft.serving;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Installation;
import rft.command.Model;
import rft.command.Names;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;
import rft.policy.Precision;
import rft.rollout.LoadedModel;
import rft.run.NumberText;
import rft.run.RunHome;
import rft.web.ErrorFormat;
import rft.web.LocalServer;
import rft.web.ServerAddress;
import rft.web.ServerSettings;

/** Serves a model and what runs made of it, by OpenAI's protocol, until it is stopped. */
@Command(
    name = "serve",
    description = "Serve a model by OpenAI's protocol.",
    footer = "  rft serve --model tiny-chat --port 8077")
public final class Serve implements Verb<Serve.Served> {
  private static final long POLL_MILLIS = 100;
  private static final int NEWS_POLLS = 100;
  private static final int MOST_OPEN = 200; // each holds a thread of the web server
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Option(
      names = "--model",
      paramLabel = "M",
      description =
          "A base model's name, a folder, a GGUF file, or RUN[@STEP] (default ${DEFAULT-VALUE}).")
  private String model = Installation.TINY_MODEL;

  @Option(
      names = "--adapter",
      paramLabel = "A",
      description =
          "RUN, RUN@STEP or a PEFT folder; again for more (default: what runs made of the model).")
  private List<String> adapters = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "Address to listen on (default ${DEFAULT-VALUE}).")
  private String host = ServerAddress.LOOPBACK;

  @Option(names = "--port", paramLabel = "P", description = "Port (default: any that is free).")
  private int port;

  @Option(
      names = "--i-know",
      description = "Listen where other machines reach it, without encryption.")
  private boolean iKnow;

  @Option(
      names = "--token-file",
      paramLabel = "F",
      description = "Holds the token; made if missing (default: a new one in RFT_HOME).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "cpu or cuda:N (default: the model's own, else cpu).")
  private @Nullable String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the cores).")
  private @Nullable Integer threads;

  @Option(
      names = "--precision",
      paramLabel = "P",
      completionCandidates = Names.Precisions.class,
      description = "Of frozen weights: f32, bf16 or, on a GPU, f16 (default: the model's own).")
  private @Nullable String precision;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Answers drawn at once (default ${DEFAULT-VALUE}).")
  private int rows = 64;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Answers that may wait; more are refused (default ${DEFAULT-VALUE}).")
  private int queue = 128;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Adapters kept in memory (default ${DEFAULT-VALUE}).")
  private int keep = 4;

  /** For picocli, which sets the options. */
  public Serve() {}

  /**
   * What was served.
   *
   * @param model the base model's name
   * @param url where it was
   * @param requests answered
   * @param tokens drawn, also for requests that were given up
   * @param seconds it ran
   */
  public record Served(String model, String url, long requests, long tokens, double seconds)
      implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of(
          "%s answered %s with %s"
              .formatted(
                  model,
                  NumberText.counted(requests, "request"),
                  NumberText.counted(tokens, "token")));
    }
  }

  @Override
  public String stopping() {
    return "Stopping: answers that are being drawn have %d seconds."
        .formatted(PATIENCE.toSeconds());
  }

  @Override
  public Served run(Progress progress) throws IOException, InterruptedException {
    Model wanted = wanted();
    Dispatcher.Limits limits = limits(wanted.threads());
    if (limits.rows() + queue > MOST_OPEN) {
      throw new IllegalArgumentException(
          "--rows (%d) and --queue (%d) together may be at most %d"
              .formatted(limits.rows(), queue, MOST_OPEN));
    }
    if (keep < 1) {
      throw new IllegalArgumentException("--keep (" + keep + ") must be at least 1");
    }
    ServerAddress address = new ServerAddress(host, port, 1, List.of(), iKnow);
    try (LoadedModel loaded = open(wanted)) {
      // One batch for each thread, or one for all where they share its operations.
      limits = limits(wanted.device().equals("cpu") ? loaded.shards().threads() : 1);
      ModelCatalog catalog = new ModelCatalog(base(loaded), RunHome.standard(), adapters);
      try (VariantShelf shelf = new VariantShelf(loaded.policy(), keep);
          Dispatcher dispatcher = new Dispatcher(limits, loaded.tokenizer().endTokens())) {
        for (ModelCatalog.Entry entry :
            adapters.isEmpty() ? List.<ModelCatalog.Entry>of() : catalog.list()) {
          shelf.lease(entry.weights()).close();
        }
        Generator generator = new Generator(loaded, catalog, shelf, dispatcher);
        return serve(
            address,
            new ServingRoutes(loaded, catalog, generator),
            loaded,
            generator,
            dispatcher,
            progress);
      }
    }
  }

  private Served serve(
      ServerAddress address,
      ServingRoutes routes,
      LoadedModel loaded,
      Generator generator,
      Dispatcher dispatcher,
      Progress progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    ServeNote note = ServeNote.ofProcess(RunHome.standard().root());
    Path tokenPlace = tokenFile == null ? note.tokenFile() : tokenFile;
    ServerSettings settings =
        ServerSettings.forPrograms(address, ServeToken.in(tokenPlace))
            .withErrors(ErrorFormat.OPEN_AI);
    String name = String.valueOf(loaded.folder().getFileName());
    try (LocalServer server = LocalServer.start(settings, List.of(routes));
        note) {
      note.write(server.url(), name, loaded.folder(), tokenPlace);
      Invitation.to(server.url(), name, tokenPlace).forEach(progress::say);
      watch(generator, dispatcher, progress);
      dispatcher.drain(PATIENCE);
      dispatcher.close();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Served(name, server.url(), generator.requests(), dispatcher.drawn(), seconds);
    } catch (BindException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } finally {
      if (tokenFile == null) {
        Files.deleteIfExists(tokenPlace);
      }
    }
  }

  /** Waits until it is to end; says every ten seconds what was new in them. */
  private static void watch(Generator generator, Dispatcher dispatcher, Progress progress)
      throws InterruptedException {
    long tokens = 0;
    for (int polls = 1; !progress.stopRequested(); polls++) {
      Thread.sleep(POLL_MILLIS);
      long drawn = dispatcher.drawn();
      if (polls % NEWS_POLLS == 0 && drawn > tokens) {
        progress.say(
            "%s answered; %.0f tokens per second in the last ten seconds, %d drawn now, %d wait"
                .formatted(
                    NumberText.counted(generator.requests(), "request"),
                    (drawn - tokens) * 1e3 / (POLL_MILLIS * NEWS_POLLS),
                    dispatcher.running(),
                    dispatcher.waiting()));
        tokens = drawn;
      }
    }
  }

  private Dispatcher.Limits limits(int batches) {
    return new Dispatcher.Limits(batches, Math.max(rows, batches), queue);
  }

  private Model wanted() throws IOException {
    Model named = Model.named(model);
    named.tuned().ifPresent(adapters::add);
    Model base = named.alone();
    Model placed = device == null ? base : base.withDevice(device);
    Model threaded = threads == null ? placed : placed.withThreads(threads);
    return precision == null ? threaded : threaded.withPrecision(precision);
  }

  private static LoadedModel open(Model wanted) {
    try {
      return LoadedModel.open(
          wanted.folder(), wanted.device(), wanted.threads(), Precision.parse(wanted.precision()));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static ModelCatalog.BaseModel base(LoadedModel loaded) throws IOException {
    Path folder = loaded.folder().toAbsolutePath().normalize();
    Instant created = Files.getLastModifiedTime(folder.resolve("config.json")).toInstant();
    return new ModelCatalog.BaseModel(
        String.valueOf(folder.getFileName()), folder, loaded.weightsSha256(), created);
  }
}
