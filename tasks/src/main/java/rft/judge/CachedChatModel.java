package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import rft.dataset.Sha256;

/**
 * A model whose answers are kept, so that the same question is paid for once. Only deterministic
 * questions are kept: those with {@code temperature} 0 or a {@code seed}. An answer from the cache
 * has no usage; a failure is never kept.
 */
public final class CachedChatModel implements ChatModel {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_IN_MEMORY = 10_000;

  private final ChatModel model;
  private final String place;
  private final @Nullable Path folder;
  private final AtomicInteger hits = new AtomicInteger();
  private final Map<String, ChatReply> memory =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ChatReply> eldest) {
              return size() > MOST_IN_MEMORY;
            }
          });

  private CachedChatModel(ChatModel model, String place, @Nullable Path folder) {
    this.model = model;
    this.place = place;
    this.folder = folder;
  }

  /** Returns the model with a memory of its last {@value #MOST_IN_MEMORY} answers. */
  public static CachedChatModel inMemory(ChatModel model) {
    return new CachedChatModel(model, "", null);
  }

  /**
   * Returns the model with a memory that also lies in files, one for each answer, so that later
   * processes find it.
   *
   * @param place where the model is, for example its address: models of one name at two places keep
   *     their answers apart
   * @param folder is made at the first answer
   */
  public static CachedChatModel inFolder(ChatModel model, String place, Path folder) {
    return new CachedChatModel(model, place, folder);
  }

  @Override
  public String name() {
    return model.name();
  }

  /** Returns how many questions were answered from the cache. */
  public int hits() {
    return hits.get();
  }

  @Override
  public ChatReply ask(ChatRequest request) throws ChatException, InterruptedException {
    if (!isDeterministic(request)) {
      return model.ask(request);
    }
    String key = key(request);
    ChatReply kept = memory.get(key);
    Optional<ChatReply> found = kept != null ? Optional.of(kept) : stored(key);
    if (found.isPresent()) {
      hits.incrementAndGet();
      memory.put(key, found.get());
      return found.get();
    }
    ChatReply reply = model.ask(request);
    ChatReply free =
        new ChatReply(reply.text(), reply.finishReason(), reply.model(), ChatReply.Usage.NONE);
    memory.put(key, free);
    store(key, free);
    return reply;
  }

  private static boolean isDeterministic(ChatRequest request) {
    JsonNode temperature = request.parameters().get("temperature");
    return request.parameters().containsKey("seed")
        || (temperature != null && temperature.isNumber() && temperature.doubleValue() == 0);
  }

  private String key(ChatRequest request) {
    MessageDigest digest = Sha256.start();
    digest.update(place.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(ChatJson.request(model.name(), request));
    return Sha256.hex(digest);
  }

  private Optional<ChatReply> stored(String key) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(folder.resolve(key + ".json")));
      // A file that was cut off or changed is no answer; the model is asked again.
      return node.path("text").isTextual()
          ? Optional.of(
              new ChatReply(
                  node.path("text").textValue(),
                  node.path("finish_reason").asText("stop"),
                  node.path("model").asText(model.name()),
                  ChatReply.Usage.NONE))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes an answer so that it appears whole; a full disk costs the cache, not the answer. */
  private void store(String key, ChatReply reply) {
    if (folder == null) {
      return;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("model", reply.model()).put("finish_reason", reply.finishReason());
    node.put("text", reply.text());
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "answer", ".part");
      try {
        Files.write(part, JSON.writeValueAsBytes(node));
        Files.move(part, folder.resolve(key + ".json"), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // The answer itself is good; it is asked for again next time.
    }
  }
}
