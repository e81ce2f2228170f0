package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bad request is refused in OpenAI's shape, names its field, and leaves the server whole. */
final class HostileInputTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  /** Whatever came in: the server still answers. */
  @AfterAll
  static void stillAnswers() throws Exception {
    assertEquals(
        3,
        server
            .chat("\"max_tokens\": 3, \"ignore_eos\": true")
            .at("/usage/completion_tokens")
            .intValue());
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"temperature\": -1               | temperature      | a number from 0 to 2",
        "\"temperature\": 1e999            | temperature      | a number from 0 to 2",
        "\"temperature\": \"hot\"          | temperature      | a number from 0 to 2",
        "\"temprature\": 1                 | temprature       | did you mean temperature?",
        "\"top_p\": 0                      | top_p            | above 0",
        "\"top_p\": 1.5                    | top_p            | a number from 0 to 1",
        "\"n\": 0                          | n                | a whole number from 1 to 64",
        "\"n\": 1.5                        | n                | a whole number from 1 to 64",
        "\"n\": 1000000000                 | n                | a whole number from 1 to 64",
        "\"max_tokens\": 0                 | max_tokens       | a whole number of at least 1",
        "\"max_tokens\": -5                | max_tokens       | a whole number of at least 1",
        "\"max_tokens\": 1e30              | max_tokens       | a whole number of at least 1",
        "\"max_tokens\": 3, \"max_completion_tokens\": 4 | max_completion_tokens | disagree",
        "\"seed\": 99999999999999999999    | seed             | a whole number of 64 bits",
        "\"stop\": 7                       | stop             | a text",
        "\"stop\": [\"\"]                  | stop             | none of them empty",
        "\"stop\": [[\"a\"]]               | stop             | a text",
        "\"stream\": 1                     | stream           | true or false",
        "\"stream_options\": {}            | stream_options   | needs stream",
        "\"stream\": true, \"stream_options\": {\"x\": 1} | stream_options.x | unknown field",
        "\"logprobs\": 5                   | logprobs         | true or false",
        "\"top_logprobs\": 3               | top_logprobs     | needs logprobs",
        "\"logprobs\": true, \"top_logprobs\": 21 | top_logprobs | from 0 to 20",
        "\"response_format\": {\"type\": \"json_object\"} | response_format | only text is",
        "\"tools\": [{\"type\": \"function\"}] | tools         | text only",
        "\"frequency_penalty\": 0.5        | frequency_penalty | not supported",
        "\"logit_bias\": {\"5\": 100}      | logit_bias       | not supported",
        "\"messages\": []                  | messages         | from 1 to",
        "\"messages\": \"Hello\"           | messages         | a list of messages",
        "\"messages\": [\"Hello\"]         | messages[0]      | must be an object",
        "\"messages\": [{}]                | messages[0].role | missing",
        "\"messages\": [{\"role\": \"user\"}] | messages[0].content | missing",
        "\"messages\": [{\"role\": \"user\", \"content\": 5}] | messages[0].content | a text",
        "\"messages\": [{\"role\": \"robot\", \"content\": \"x\"}] | messages[0].role | system,"
            + " developer, user or assistant",
        "\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}] |"
            + " messages[0].content[0].type | only text",
        "\"model\": 5                      | model            | the id of a model",
      })
  void aFieldThatMakesNoSenseIsNamed(String fields, String param, String what) throws Exception {
    JsonNode error = refused(400, "/v1/chat/completions", TestServer.chatBody(fields));
    assertEquals(param, error.get("param").textValue(), error.toString());
    assertTrue(error.get("message").textValue().contains(what), error.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\": \"base\"}                          | prompt     | missing",
        "{\"model\": \"base\", \"prompt\": []}          | prompt     | no token",
        "{\"model\": \"base\", \"prompt\": \"\"}        | prompt     | no token",
        "{\"model\": \"base\", \"prompt\": [1, \"a\"]}  | prompt[1]  | a token id from 0 to 511",
        "{\"model\": \"base\", \"prompt\": [512]}       | prompt[0]  | a token id from 0 to 511",
        "{\"model\": \"base\", \"prompt\": [-1]}        | prompt[0]  | a token id from 0 to 511",
        "{\"model\": \"base\", \"prompt\": \"a\", \"best_of\": 3} | best_of | not supported",
        "{\"model\": \"base\", \"prompt\": \"a\", \"max_tokens\": 0} | max_tokens | without echo",
      })
  void aTextThatMakesNoSenseIsNamed(String body, String param, String what) throws Exception {
    JsonNode error = refused(400, "/v1/completions", body);
    assertEquals(param, error.get("param").textValue(), error.toString());
    assertTrue(error.get("message").textValue().contains(what), error.toString());
  }

  private static JsonNode refused(int status, String path, String body) throws Exception {
    HttpResponse<String> answer = server.send(path, body);
    assertEquals(status, answer.statusCode(), answer.body());
    JsonNode error = TestServer.JSON.readTree(answer.body()).get("error");
    for (String field : new String[] {"message", "type", "param", "code"}) {
      assertTrue(error.has(field), answer.body());
    }
    return error;
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() throws Exception {
    String chat = "/v1/chat/completions";
    String deep =
        "{\"model\": \"base\", \"messages\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    for (String body : new String[] {"", "5", "null", "[]", "{", "{} {}", "{\"a\": NaN}", deep}) {
      assertEquals("invalid_json", refused(400, chat, body).get("code").textValue());
    }
    String twice = refused(400, chat, "{\"n\": 1,\n \"n\": 2}").get("message").textValue();
    assertTrue(twice.contains("line 2"), twice);
  }

  @Test
  void aPromptThatLeavesNoRoomIsTooLong() throws Exception {
    String words = "How much ".repeat(400);
    JsonNode error =
        refused(
            400,
            "/v1/chat/completions",
            TestServer.chatBody(
                "\"messages\": [{\"role\": \"user\", \"content\": \"" + words + "\"}]"));
    assertEquals("context_length_exceeded", error.get("code").textValue());
    assertTrue(error.get("message").textValue().contains("256"), error.toString());
  }

  @Test
  void anUnknownModelIsNotFoundAndTheNearestIsNamed() throws Exception {
    JsonNode error =
        refused(404, "/v1/chat/completions", TestServer.chatBody("\"model\": \"tiny-chta\""));
    assertEquals("model_not_found", error.get("code").textValue());
    assertTrue(error.get("message").textValue().endsWith("did you mean tiny-chat?"));
    String other = "ft:tiny-chat:../../etc:ckpt-step-1";
    refused(404, "/v1/chat/completions", TestServer.chatBody("\"model\": \"" + other + "\""));
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> answer =
        server.send(
            "/v1/chat/completions",
            TestServer.chatBody("\"user\": \"" + "x".repeat(2_000_000) + "\""));
    assertEquals(413, answer.statusCode());
    assertTrue(answer.body().contains("\"error\""), answer.body());
  }

  @Test
  void unpairedSurrogatesAndControlCharactersAreText() throws Exception {
    JsonNode answer =
        server.chat(
            "\"max_tokens\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"\\ud83d \\u0000"
                + " \\u202e\"}]");
    assertTrue(answer.at("/usage/completion_tokens").intValue() <= 2);
  }
}
