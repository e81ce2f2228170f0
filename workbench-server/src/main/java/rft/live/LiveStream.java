package rft.live;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.web.EventStream;
import rft.web.Routes;

/**
 * News for pages: {@code GET /api/stream?topics=runs,run:ID&since=run:ID@0.17.5}.
 *
 * <p>Each event's data have the field {@code topic}. The id of an event names the position of every
 * topic of the stream, as in {@code runs@42,run:ID@0.17.5}; a client that sends it back, as {@code
 * Last-Event-ID} or as {@code since}, misses nothing and hears nothing twice. A topic without a
 * position begins now.
 *
 * <p>One thread looks for news four times a second while anybody watches, and only fills queues.
 */
public final class LiveStream implements Routes {
  private static final long EVERY_MILLIS = 250;
  private static final int MOST_TOPICS = 32;

  private final List<TopicSource> sources;
  private final Object lock = new Object();
  private final List<StreamClient> clients = new ArrayList<>();
  private @Nullable Thread teller;
  private boolean hurry;

  /**
   * Tells the news of some topics.
   *
   * @param sources the first that knows a name gives the topic
   */
  public LiveStream(List<TopicSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/stream", this::open);
  }

  private void open(Context context) {
    Map<String, String> positions = new LinkedHashMap<>();
    for (String name : RunsApi.names(context, "topics")) {
      if (find(name).isEmpty()) {
        throw new BadRequestResponse("there is nothing to watch that is called " + name);
      }
      positions.put(name, Topic.NOW);
    }
    if (positions.isEmpty() || positions.size() > MOST_TOPICS) {
      throw new BadRequestResponse("topics must name 1 to " + MOST_TOPICS + " topics, with commas");
    }
    @Nullable String again = context.header("Last-Event-ID");
    String since = again != null ? again : context.queryParam("since");
    if (since != null) {
      StreamClient.positions(since).forEach(positions::replace);
    }
    StreamClient client =
        new StreamClient(EventStream.open(context), positions, context.jsonMapper());
    client.whenClosed(() -> leave(client));
    synchronized (lock) {
      clients.add(client);
      hurry = true;
      if (teller == null) {
        teller = new Thread(this::tellWhileWatched, "news");
        teller.setDaemon(true);
        teller.start();
      }
      lock.notifyAll();
    }
  }

  private void leave(StreamClient client) {
    synchronized (lock) {
      clients.remove(client);
      lock.notifyAll();
    }
  }

  private Optional<Topic> find(String name) {
    return sources.stream().flatMap(source -> source.topic(name).stream()).findFirst();
  }

  private void tellWhileWatched() {
    Map<String, Topic> topics = new HashMap<>();
    while (true) {
      List<StreamClient> watching;
      synchronized (lock) {
        clients.removeIf(client -> !client.isOpen());
        if (clients.isEmpty()) {
          teller = null;
          break;
        }
        watching = List.copyOf(clients);
        hurry = false;
      }
      tell(topics, watching);
      synchronized (lock) {
        if (!hurry) {
          try {
            lock.wait(EVERY_MILLIS);
          } catch (InterruptedException e) {
            teller = null;
            break;
          }
        }
      }
    }
    topics.values().forEach(LiveStream::close);
  }

  private void tell(Map<String, Topic> topics, List<StreamClient> watching) {
    Set<String> wanted = new HashSet<>();
    watching.forEach(client -> wanted.addAll(client.topics()));
    for (String name : List.copyOf(topics.keySet())) {
      if (!wanted.contains(name)) {
        close(topics.remove(name));
      }
    }
    for (String name : wanted) {
      Topic topic = topics.computeIfAbsent(name, key -> find(key).orElseThrow());
      try {
        tell(name, topic, watching);
      } catch (IOException | RuntimeException e) {
        // One topic that cannot be told must not silence the others; it is opened again next time.
        close(topics.remove(name));
      }
    }
  }

  private static void tell(String name, Topic topic, List<StreamClient> watching)
      throws IOException {
    boolean news = topic.hasNews();
    Map<String, TopicNews> byPosition = new HashMap<>();
    for (StreamClient client : watching) {
      @Nullable String position = client.position(name);
      if (position != null && (news || client.isNewTo(name))) {
        TopicNews told = byPosition.get(position);
        if (told == null) {
          told = TopicNews.written(name, topic.since(position), client.mapper());
          byPosition.put(position, told);
        }
        client.hear(told);
      }
    }
  }

  private static void close(@Nullable Topic topic) {
    try {
      if (topic != null) {
        topic.close();
      }
    } catch (IOException e) {
      // It was only read from.
    }
  }
}
