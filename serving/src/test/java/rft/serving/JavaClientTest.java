package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client for Java finds here all that it knows. */
final class JavaClientTest {
  private static TestServer server;
  private static OpenAIClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(server.url() + "/v1")
            .apiKey(server.token())
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void end() throws Exception {
    client.close();
    server.close();
  }

  private static ChatCompletionCreateParams.Builder question(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addSystemMessage("You add.")
        .addUserMessage("How much is 3 plus 4?")
        .temperature(0.0);
  }

  @Test
  void modelsAreListed() {
    List<String> ids = client.models().list().data().stream().map(Model::id).toList();
    assertEquals(List.of("base", "tiny-chat"), ids.subList(0, 2), "the base model is the first");
    for (String id : ids) {
      assertEquals(id, client.models().retrieve(id).id());
    }
  }

  @Test
  void anAnswerAndItsStreamAreRead() {
    ChatCompletion whole =
        client
            .chat()
            .completions()
            .create(question("base").maxCompletionTokens(40).logprobs(true).topLogprobs(2).build());
    ChatCompletion.Choice choice = whole.choices().get(0);
    String text = choice.message().content().orElseThrow();
    StringBuilder tokens = new StringBuilder();
    choice
        .logprobs()
        .orElseThrow()
        .content()
        .orElseThrow()
        .forEach(
            token -> {
              tokens.append(token.token());
              assertEquals(2, token.topLogprobs().size());
            });
    assertEquals(text, tokens.toString());
    assertTrue(whole.usage().orElseThrow().completionTokens() > 0);
    StringBuilder streamed = new StringBuilder();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client
            .chat()
            .completions()
            .createStreaming(question("base").maxCompletionTokens(40).build())) {
      chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .forEach(part -> part.delta().content().ifPresent(streamed::append));
    }
    assertEquals(text, streamed.toString());
  }

  @Test
  void errorsHaveTheirKinds() {
    NotFoundException none =
        assertThrows(
            NotFoundException.class,
            () -> client.chat().completions().create(question("tiny-cat").build()));
    assertEquals("model_not_found", none.code().orElseThrow());
    BadRequestException hot =
        assertThrows(
            BadRequestException.class,
            () -> client.chat().completions().create(question("base").temperature(9.0).build()));
    assertEquals("temperature", hot.param().orElseThrow());
  }
}
