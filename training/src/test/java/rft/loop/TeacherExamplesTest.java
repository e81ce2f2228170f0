package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;
import rft.sample.Demonstration;
import rft.sample.TeacherCorpus;

class TeacherExamplesTest {
  @Test
  void exampleIsThePromptAsTheModelSeesItTheAnswerAndTheEnd() {
    try (TextTokenizer tokenizer = TextTokenizer.load(BundledModel.FOLDER)) {
      ChatTemplate template = ChatTemplate.load(BundledModel.FOLDER);
      TeacherExamples examples = new TeacherExamples(5, template, tokenizer);
      for (long index = 0; index < 20; index++) {
        Demonstration told = TeacherCorpus.at(5, index);
        Pretrainer.Example example = examples.at(index);
        int[] tokens = example.tokens().toArray();
        Tokens prompt = tokenizer.encode(template.render(told.prompt(), true));
        assertEquals(prompt.length(), example.responseStart());
        assertEquals(prompt, Tokens.of(Arrays.copyOf(tokens, prompt.length())));
        int last = tokens.length - 1;
        assertTrue(tokenizer.endTokens().contains(tokens[last]));
        assertEquals(
            told.response(),
            tokenizer.decode(Tokens.of(Arrays.copyOfRange(tokens, prompt.length(), last))));
        assertEquals(examples.at(index), example);
      }
      assertNotEquals(new TeacherExamples(6, template, tokenizer).at(0), examples.at(0));
    }
  }

  @Test
  void textsAreAsManyAsAskedAndHoldPromptAndAnswer() {
    int count = 0;
    for (Iterator<String> texts = TeacherExamples.texts(5, 7).iterator(); texts.hasNext(); ) {
      Demonstration told = TeacherCorpus.at(5, count++);
      String text = texts.next();
      assertTrue(text.startsWith(told.prompt().get(0).content()));
      assertTrue(text.endsWith(told.response()));
    }
    assertEquals(7, count);
  }
}
