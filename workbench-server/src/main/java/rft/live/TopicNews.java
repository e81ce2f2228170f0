package rft.live;

import io.javalin.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * News of a topic, written once for all who stand at the same position.
 *
 * @param topic its name
 * @param news what they are
 * @param json the data of each item, with the topic's name
 */
record TopicNews(String topic, News news, List<String> json) {
  TopicNews {
    json = List.copyOf(json);
  }

  static TopicNews written(String topic, News news, JsonMapper mapper) {
    String name = mapper.toJsonString(Map.of("topic", topic), Map.class);
    List<String> json = new ArrayList<>();
    for (News.Item item : news.items()) {
      String data = mapper.toJsonString(item.data(), item.data().getClass());
      String rest = data.equals("{}") ? "}" : "," + data.substring(1);
      json.add(name.substring(0, name.length() - 1) + rest);
    }
    return new TopicNews(topic, news, json);
  }
}
