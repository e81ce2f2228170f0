package rft.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import rft.reward.Failure;

/** A reward that answers events from a stream: one JSON value after another in, a line each out. */
public final class LambdaStream {
  private LambdaStream() {}

  /**
   * How a stream went.
   *
   * @param events read
   * @param errors of them not scored whole
   * @param cutOff whether one was not JSON, so that nothing after it was read
   */
  public record Tally(long events, long errors, boolean cutOff) {}

  /**
   * Answers every event until the stream ends; after one that is not JSON nothing more can be read,
   * and its error is the last line.
   *
   * @throws IOException if a stream breaks
   * @throws InterruptedException if the caller is interrupted
   */
  public static Tally answer(LambdaFunction function, InputStream events, OutputStream replies)
      throws IOException, InterruptedException {
    long read = 0;
    long errors = 0;
    try (JsonParser values = ContractJson.values(events)) {
      for (JsonNode event = ContractJson.next(values);
          !event.isMissingNode();
          event = ContractJson.next(values)) {
        LambdaAnswer answer = function.answer(ContractJson.write(event));
        read++;
        errors += answer.status() == LambdaAnswer.Status.SCORED ? 0 : 1;
        write(replies, answer.json());
      }
      return new Tally(read, errors, false);
    } catch (JsonProcessingException e) {
      write(
          replies,
          LambdaReply.error(
              new LambdaException(
                  Failure.Kind.UNREADABLE,
                  "event " + (read + 1) + " is not JSON: " + e.getOriginalMessage())));
      return new Tally(read + 1, errors + 1, true);
    }
  }

  private static void write(OutputStream replies, String json) throws IOException {
    replies.write((json + "\n").getBytes(StandardCharsets.UTF_8));
    replies.flush();
  }
}
