package rft.playground;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.FinishReason;
import rft.reward.Verdict;

/** Asks one of two models a task. Several threads may at the same time. */
final class PairAsker {
  private static final int WAITING_MILLIS = 500;

  private final WarmModels models;
  private final ChatClient client = new ChatClient();

  PairAsker(WarmModels models) {
    this.models = models;
  }

  /** Two models, asked with the same draws. */
  record Pair(ModelShelf.Servable base, ModelShelf.Servable tuned, ModelQuestion.Draw draw) {}

  /** Waits until both models answer. */
  void warmUp(Pair pair, LiveResponse response) throws IOException, InterruptedException {
    for (ModelShelf.Servable model : List.of(pair.base(), pair.tuned())) {
      long[] said = {-WAITING_MILLIS};
      models
          .of(model.folder())
          .use(
              response.stopSignal(),
              millis -> {
                if (millis - said[0] >= WAITING_MILLIS) {
                  said[0] = millis;
                  say(response, new TestSet.Starting(millis));
                }
              })
          .close();
    }
  }

  private static void say(LiveResponse response, Object event) {
    try {
      response.add(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what a model answers to a task, judged. */
  PairedRow.Side side(
      ModelShelf.Servable model,
      ModelQuestion.Draw draw,
      Task task,
      AnswerJudge judge,
      LiveResponse response)
      throws IOException, InterruptedException {
    List<ModelAnswer> answers = Stream.generate(ModelAnswer::new).limit(draw.n()).toList();
    try (WarmModel.Use use = models.of(model.folder()).use(response.stopSignal(), millis -> {})) {
      ModelQuestion question = new ModelQuestion(model.id(), task.messages(), draw);
      try {
        client.ask(use.endpoint(), question, response.stopSignal(), collector(answers));
      } catch (UnansweredException e) {
        throw e;
      } catch (IOException e) {
        throw use.broken(e);
      }
    }
    List<Verdict> verdicts =
        judge.judge(task, answers.stream().map(ModelAnswer::completion).toList());
    return new PairedRow.Side(answers, verdicts);
  }

  private static ChatClient.Listener collector(List<ModelAnswer> answers) {
    return new ChatClient.Listener() {
      @Override
      public void piece(int choice, String text, String token, @Nullable Double logProb) {
        answers.get(choice).add(text);
      }

      @Override
      public void finished(int choice, FinishReason reason) {
        answers.get(choice).finish(reason);
      }
    };
  }
}
