package rft.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import rft.reward.Failure;
import rft.reward.RewardUnit;

/**
 * The entry of a reward that is deployed as a Lambda function in Java; the reward itself lies
 * beside it in the same jar.
 *
 * <p>It implements no interface of AWS, so that the jar needs none of AWS's classes: the runtime
 * takes any public method that reads an input stream and writes an output stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">AWS Lambda,
 *     function handlers in Java</a>
 */
public final class RewardHandler {
  /** What the function's configuration names as its handler. */
  public static final String HANDLER = RewardHandler.class.getName() + "::handle";

  /** Where the reward lies in the jar. */
  static final String UNIT = "reward.jar";

  /** Names the time limit of one call of the reward, in seconds, in the function's environment. */
  static final String SECONDS = "RFT_REWARD_SECONDS";

  private static final double STANDARD_SECONDS = 60;

  private final LambdaFunction function;

  /**
   * Loads the reward.
   *
   * @throws IOException if the jar does not hold one
   */
  public RewardHandler() throws IOException {
    double seconds =
        Optional.ofNullable(System.getenv(SECONDS))
            .map(Double::parseDouble)
            .orElse(STANDARD_SECONDS);
    function = new LambdaFunction(unit(), Duration.ofNanos((long) (seconds * 1e9)), 1);
  }

  /**
   * Answers one event.
   *
   * @throws LambdaException if it is no event, or a rollout has no score; the runtime then tells
   *     its caller that the function failed
   */
  public void handle(InputStream event, OutputStream reply)
      throws IOException, InterruptedException, LambdaException {
    String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    LambdaAnswer answer = function.answer(json);
    if (answer.status() != LambdaAnswer.Status.SCORED) {
      throw new LambdaException(
          Failure.Kind.EXCEPTION,
          ContractJson.read("the answer", answer.json()).path(LambdaReply.ERROR_MESSAGE).asText());
    }
    reply.write(answer.json().getBytes(StandardCharsets.UTF_8));
  }

  private static RewardUnit unit() throws IOException {
    try (InputStream in = RewardHandler.class.getResourceAsStream("/" + UNIT)) {
      if (in == null) {
        throw new IOException("this jar holds no reward: export it again");
      }
      Path file = Files.createTempFile("reward", ".jar");
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return RewardUnit.readJar(file);
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }
}
