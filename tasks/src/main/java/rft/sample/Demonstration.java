package rft.sample;

import java.util.List;
import rft.dataset.Message;

/**
 * One example to imitate.
 *
 * @param taskName the sample task it is of, or {@code small-talk}
 * @param prompt the conversation so far
 * @param response what the teacher answers, right or not
 */
public record Demonstration(String taskName, List<Message> prompt, String response) {
  public Demonstration {
    prompt = List.copyOf(prompt);
  }
}
