package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.FinishReason;
import rft.reward.Verdict;
import rft.run.RunHome;
import rft.run.VerdictJson;

/** Asks several models one question at the same time and says what each answers, as it comes. */
final class Chat {
  private static final int MOST_COLUMNS = 6;
  private static final int WAITING_MILLIS = 500;

  private final RunHome home;
  private final ModelShelf shelf;
  private final WarmModels models;
  private final ChatClient client = new ChatClient();

  Chat(RunHome home, ModelShelf shelf, WarmModels models) {
    this.home = home;
    this.shelf = shelf;
    this.models = models;
  }

  /**
   * One question to several models.
   *
   * @param columns the models, 1 to 6
   * @param system the system message; null for none
   * @param prompt the user's text
   * @param reference what the reward checks against; null for none
   * @param reward what judges each answer; null for nothing
   * @param n answers of each model
   * @param seed the same for all
   * @param temperature as in {@link ModelQuestion.Draw}
   * @param topP the same
   * @param maxTokens the same
   */
  record Ask(
      List<ModelChoice> columns,
      @Nullable String system,
      String prompt,
      @Nullable String reference,
      @Nullable RewardChoice reward,
      int n,
      long seed,
      double temperature,
      double topP,
      int maxTokens) {
    Ask {
      if (columns == null || columns.isEmpty() || columns.size() > MOST_COLUMNS) {
        throw new IllegalArgumentException("ask 1 to " + MOST_COLUMNS + " models at a time");
      }
      if (prompt == null || prompt.isBlank()) {
        throw new IllegalArgumentException("the prompt is empty: write what the models are asked");
      }
      columns = List.copyOf(columns);
    }

    ModelQuestion.Draw draw() {
      return new ModelQuestion.Draw(n, seed, temperature, topP, maxTokens);
    }

    Task task() {
      JsonNodeFactory json = JsonNodeFactory.instance;
      JsonNode answer =
          reference == null || reference.isBlank() ? json.nullNode() : json.textNode(reference);
      List<Message> messages =
          Stream.concat(
                  Stream.ofNullable(system).filter(text -> !text.isBlank()).map(Message::system),
                  Stream.of(Message.user(prompt)))
              .toList();
      return new Task("playground", messages, answer, json.objectNode());
    }
  }

  /** The model of a column is being started. */
  record Starting(int column, long startingMillis) {}

  /** A piece of an answer. */
  record Piece(int column, int answer, String text, String token, @Nullable Double logProb) {}

  /** The end of an answer. */
  record Finished(int column, int answer, String finish) {}

  /** What the reward says of an answer. */
  record Judged(int column, int answer, JsonNode verdict) {}

  /** Why a column has no answer, or no verdict. */
  record Problem(int column, String problem) {}

  /** The end of everything. */
  record Done(boolean done) {}

  /**
   * Checks a question.
   *
   * @return what answers it, for {@link LiveResponse#send}
   * @throws IllegalArgumentException if it makes no sense
   */
  LiveResponse.Work work(Ask ask) throws IOException {
    List<ModelShelf.Servable> columns = new ArrayList<>();
    for (ModelChoice choice : ask.columns()) {
      columns.add(shelf.require(choice));
    }
    ModelQuestion.Draw draw = ask.draw();
    RewardChoice reward = ask.reward();
    @Nullable AnswerJudge judge = reward == null ? null : new AnswerJudge(reward.unit(home));
    return response -> {
      try (judge) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          Column column = new Column(i, columns.get(i), ask.task(), draw, judge, response);
          Thread thread = new Thread(column::run, "rft-playground-column-" + i);
          thread.setDaemon(true);
          thread.start();
          threads.add(thread);
        }
        for (Thread thread : threads) {
          thread.join();
        }
        response.add(new Done(true));
      }
    };
  }

  private final class Column implements ChatClient.Listener {
    private final int place;
    private final ModelShelf.Servable model;
    private final Task task;
    private final ModelQuestion.Draw draw;
    private final @Nullable AnswerJudge judge;
    private final LiveResponse response;
    private final List<ModelAnswer> answers;

    private Column(
        int place,
        ModelShelf.Servable model,
        Task task,
        ModelQuestion.Draw draw,
        @Nullable AnswerJudge judge,
        LiveResponse response) {
      this.place = place;
      this.model = model;
      this.task = task;
      this.draw = draw;
      this.judge = judge;
      this.response = response;
      this.answers = Stream.generate(ModelAnswer::new).limit(draw.n()).toList();
    }

    private void run() {
      try {
        ask();
        if (judge != null) {
          List<Verdict> verdicts =
              judge.judge(task, answers.stream().map(ModelAnswer::completion).toList());
          for (int i = 0; i < verdicts.size(); i++) {
            response.add(new Judged(place, i, VerdictJson.write(verdicts.get(i))));
          }
        }
      } catch (IOException | RuntimeException e) {
        say(new Problem(place, String.valueOf(e.getMessage())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void ask() throws IOException, InterruptedException {
      long[] said = {0};
      try (WarmModel.Use use =
          models
              .of(model.folder())
              .use(
                  response.stopSignal(),
                  millis -> {
                    if (millis - said[0] >= WAITING_MILLIS || said[0] == 0) {
                      said[0] = Math.max(1, millis);
                      say(new Starting(place, millis));
                    }
                  })) {
        try {
          ModelQuestion question = new ModelQuestion(model.id(), task.messages(), draw);
          client.ask(use.endpoint(), question, response.stopSignal(), this);
        } catch (UnansweredException e) {
          throw e;
        } catch (IOException e) {
          throw use.broken(e);
        }
      }
    }

    @Override
    public void piece(int choice, String text, String token, @Nullable Double logProb) {
      answers.get(choice).add(text);
      say(new Piece(place, choice, text, token, logProb));
    }

    @Override
    public void finished(int choice, FinishReason reason) {
      answers.get(choice).finish(reason);
      say(new Finished(place, choice, reason.name().toLowerCase(Locale.ROOT)));
    }

    private void say(Object event) {
      try {
        response.add(event);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
