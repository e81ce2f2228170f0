package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import rft.policy.Variant;
import rft.rollout.LoadedModel;
import rft.web.OpenAiError;

/** Answers requests: finds the weights, has the tokens drawn, and sends them. */
final class Generator {
  private static final int FAILED = 500;

  private final LoadedModel model;
  private final ModelCatalog catalog;
  private final VariantShelf shelf;
  private final Dispatcher dispatcher;
  private final AtomicLong requests = new AtomicLong();
  private final Object ranking = new Object();

  Generator(LoadedModel model, ModelCatalog catalog, VariantShelf shelf, Dispatcher dispatcher) {
    this.model = model;
    this.catalog = catalog;
    this.shelf = shelf;
    this.dispatcher = dispatcher;
  }

  /** Returns how many requests were answered to their end. */
  long requests() {
    return requests.get();
  }

  /** Adds what is going on. */
  void describe(ObjectNode health) {
    health
        .put("running", dispatcher.running())
        .put("waiting", dispatcher.waiting())
        .put("requests", requests())
        .put("tokens", dispatcher.drawn())
        .put("passes", dispatcher.passes());
  }

  /**
   * Answers one request; returns when all is sent, or nobody listens any more.
   *
   * @throws ApiException if it cannot be answered; of a whole answer only spaces were sent then
   * @throws IllegalStateException if the engine failed; likewise
   */
  void answer(Ask ask, HttpServletResponse response) throws IOException, InterruptedException {
    Claim claim = claim(ask, catalog.find(ask.model()));
    boolean handedOver = false;
    try {
      List<Echo> echoes = echoes(ask, claim);
      String id = UUID.randomUUID().toString().replace("-", "");
      AnswerJson json = new AnswerJson(model.tokenizer(), ask, id, Instant.now().getEpochSecond());
      Generation generation =
          new Generation(ask, claim.variant(), model.policy().config().maxPositions(), claim);
      if (!generation.choices().isEmpty()) {
        dispatcher.submit(generation);
        handedOver = true;
      }
      try {
        deliver(ask, response, json, echoes, generation);
      } catch (IOException clientIsGone) {
        // Nobody is left to tell; what is drawn for it ends now.
      } finally {
        generation.cancel();
        dispatcher.forgetCancelled();
      }
    } finally {
      if (!handedOver) {
        claim.run();
      }
    }
  }

  private void deliver(
      Ask ask,
      HttpServletResponse response,
      AnswerJson json,
      List<Echo> echoes,
      Generation generation)
      throws IOException, InterruptedException {
    if (ask.stream()) {
      StreamReader reader = new StreamReader(response, ask, json, echoes);
      try {
        reader.end(follow(ask, reader, generation));
      } catch (ApiException e) {
        reader.fail(e.json());
      } catch (IllegalStateException e) {
        reader.fail(OpenAiError.of(FAILED, "engine_failed", String.valueOf(e.getMessage()), null));
      }
    } else {
      WholeReader reader = new WholeReader(response, json, echoes);
      reader.send(follow(ask, reader, generation));
    }
    requests.incrementAndGet();
  }

  /** Returns how many tokens were drawn. */
  private int follow(Ask ask, Answer.Reader reader, Generation generation)
      throws IOException, InterruptedException {
    Answer answer = new Answer(model.tokenizer(), ask, reader);
    answer.follow(generation);
    return answer.drawn();
  }

  /** What a request holds while anything computes for it: its place, and its weights. */
  private final class Claim implements Runnable {
    private final int rows;
    private final long start = System.nanoTime();
    private final VariantShelf.Lease lease;

    Claim(int rows, VariantShelf.Lease lease) {
      this.rows = rows;
      this.lease = lease;
    }

    Variant variant() {
      return lease.variant();
    }

    /** Gives both back. */
    @Override
    public void run() {
      lease.close();
      dispatcher.gone(rows, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private Claim claim(Ask ask, ModelCatalog.Entry wanted) throws IOException, InterruptedException {
    dispatcher.admit(ask.rows());
    boolean done = false;
    try {
      Claim claim = new Claim(ask.rows(), shelf.lease(wanted.weights()));
      done = true;
      return claim;
    } catch (IllegalArgumentException e) {
      throw ApiException.broken(
          "model \"%s\" cannot be loaded: %s".formatted(wanted.id(), e.getMessage()));
    } finally {
      if (!done) {
        dispatcher.gone(ask.rows(), Duration.ZERO);
      }
    }
  }

  /** Prompts are looked at one after the other, so that many such requests leave time to draw. */
  private List<Echo> echoes(Ask ask, Claim claim) {
    if (!ask.echo()) {
      return Echo.of(ask, model.tokenizer(), claim.variant());
    }
    synchronized (ranking) {
      return Echo.of(ask, model.tokenizer(), claim.variant());
    }
  }
}
