import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an exported reward under AWS's own runtime for Java functions, with a stand-in for the
 * service's side of it, and prints what the runtime answers to an event that has a score and to one
 * that has none.
 *
 * <pre>
 * ./rft reward export number-match --lambda target/number-match.jar
 * mvn -q -f bench/lambda-runtime/pom.xml dependency:copy-dependencies -DoutputDirectory=$PWD/target/lambda-runtime
 * java bench/LambdaRuntime.java target/number-match.jar rft.lambda.RewardHandler::handle "target/lambda-runtime/*"
 * </pre>
 */
final class LambdaRuntime {
  private static final String EVENT =
      """
      [{"id":"%s","messages":[{"role":"user","content":"1 + 2?"},{"role":"assistant","content":"#### 3"}],
        "metadata":{"reference_answer":"%s"}}]\
      """;
  private static final List<String> EVENTS =
      List.of(EVENT.formatted("right", "3"), EVENT.formatted("no number", "three"));

  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(EVENTS.size());

  public static void main(String[] arguments) throws Exception {
    new LambdaRuntime().run(arguments[0], arguments[1], arguments[2]);
  }

  private void run(String jar, String handler, String runtime) throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    service.setExecutor(Executors.newCachedThreadPool());
    service.createContext("/", this::serve);
    service.start();
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            runtime + ":" + jar,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + service.getAddress().getPort(),
                "_HANDLER", handler,
                "LAMBDA_TASK_ROOT", System.getProperty("java.io.tmpdir"),
                "AWS_LAMBDA_FUNCTION_NAME", "reward",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream"));
    Process function = builder.inheritIO().start();
    boolean answered = answers.await(60, TimeUnit.SECONDS);
    function.destroyForcibly();
    service.stop(0);
    System.exit(answered ? 0 : 1);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        String answer =
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(exchange.getRequestURI() + "\n  " + answer);
        exchange.sendResponseHeaders(202, -1);
        answers.countDown();
        return;
      }
      int number = next.getAndIncrement();
      if (number >= EVENTS.size()) {
        Thread.sleep(60_000);
        return;
      }
      // The runtime's native part ends the process where one of these is missing.
      Map.of(
              "Lambda-Runtime-Aws-Request-Id", "request-" + number,
              "Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 60_000),
              "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:0:function:reward",
              "Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793",
              "Lambda-Runtime-Client-Context", "{}",
              "Lambda-Runtime-Cognito-Identity", "{}",
              "Lambda-Runtime-Aws-Tenant-Id", "tenant",
              "Lambda-Runtime-Invocation-Id", "invocation-" + number,
              "Content-Type", "application/json")
          .forEach(exchange.getResponseHeaders()::set);
      byte[] event = EVENTS.get(number).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
