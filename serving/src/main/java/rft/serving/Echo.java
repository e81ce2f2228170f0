package rft.serving;

import java.util.ArrayList;
import java.util.List;
import rft.policy.DrawnToken;
import rft.policy.Variant;
import rft.prompt.TextTokenizer;

/**
 * A prompt as it comes back before its answer.
 *
 * @param text as its tokens are spelled; empty if it does not come back
 * @param tokens with their log-probs, the first without; empty if they were not asked for
 */
record Echo(String text, List<DrawnToken> tokens) {
  private static final Echo NOTHING = new Echo("", List.of());

  Echo {
    tokens = List.copyOf(tokens);
  }

  /** Returns one for each answer to a request. */
  static List<Echo> of(Ask ask, TextTokenizer tokenizer, Variant variant) {
    List<Echo> all = new ArrayList<>();
    for (int[] prompt : ask.prompts()) {
      Echo echo = ask.echo() ? of(ask, prompt, tokenizer, variant) : NOTHING;
      for (int i = 0; i < ask.choices(); i++) {
        all.add(echo);
      }
    }
    return all;
  }

  private static Echo of(Ask ask, int[] prompt, TextTokenizer tokenizer, Variant variant) {
    TextLogProbs.SpelledText text = new TextLogProbs.SpelledText(tokenizer);
    for (int token : prompt) {
      text.add(token);
    }
    List<DrawnToken> tokens = new ArrayList<>();
    if (ask.wantsLogProbs()) {
      tokens.add(new DrawnToken(prompt[0], Double.NaN, List.of()));
      if (prompt.length > 1) {
        tokens.addAll(variant.rank(prompt, ask.top()));
      }
    }
    return new Echo(text.text(), tokens);
  }
}
