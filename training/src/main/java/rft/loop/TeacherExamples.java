package rft.loop;

import java.util.Iterator;
import java.util.stream.LongStream;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;
import rft.sample.Demonstration;
import rft.sample.TeacherCorpus;

/** The teacher's conversations as tokens, by number: what the bundled model is made from. */
public final class TeacherExamples {
  private final long seed;
  private final ChatTemplate template;
  private final TextTokenizer tokenizer;
  private final Tokens end;

  /**
   * Makes the examples of one seed.
   *
   * @param template writes the conversation as the model will see it
   * @param tokenizer has exactly one end token
   */
  public TeacherExamples(long seed, ChatTemplate template, TextTokenizer tokenizer) {
    this.seed = seed;
    this.template = template;
    this.tokenizer = tokenizer;
    this.end = Tokens.of(tokenizer.endTokens().iterator().next());
  }

  /** Returns the conversation with a number: prompt, answer and the token that ends it. */
  public Pretrainer.Example at(long index) {
    Demonstration demonstration = TeacherCorpus.at(seed, index);
    Tokens prompt = tokenizer.encode(template.render(demonstration.prompt(), true));
    Tokens answer = tokenizer.encode(demonstration.response()).concat(end);
    return new Pretrainer.Example(prompt.concat(answer), prompt.length());
  }

  /**
   * Returns the texts of the first conversations, as a tokenizer is trained on: prompts and
   * answers.
   */
  public static Iterable<String> texts(long seed, long count) {
    return () -> {
      Iterator<Long> indices = LongStream.range(0, count).boxed().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return indices.hasNext();
        }

        @Override
        public String next() {
          Demonstration demonstration = TeacherCorpus.at(seed, indices.next());
          StringBuilder text = new StringBuilder();
          demonstration.prompt().forEach(message -> text.append(message.content()).append('\n'));
          return text.append(demonstration.response()).toString();
        }
      };
    };
  }
}
