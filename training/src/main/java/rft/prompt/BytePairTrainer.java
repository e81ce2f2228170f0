package rft.prompt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains a byte-level byte-pair tokenizer: starting from the 256 bytes, the most frequent pair of
 * neighbours becomes a new token, again and again. Of equally frequent pairs the one with the
 * smallest ids wins, so equal texts give an equal tokenizer.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Neural Machine Translation of Rare Words with
 *     Subword Units</a>
 */
public final class BytePairTrainer {
  /**
   * What to train.
   *
   * @param vocabulary the most tokens there may be, special tokens and the 256 bytes included
   * @param format the special tokens and the chat template
   * @param contextTokens the most tokens that the model reads, written down for other tools
   */
  public record Settings(int vocabulary, ChatFormat format, int contextTokens) {
    public Settings {
      int least = 256 + format.specialTokens().size();
      if (vocabulary < least) {
        throw new IllegalArgumentException(
            "vocabulary ("
                + vocabulary
                + ") must be at least "
                + least
                + ": 256 bytes and "
                + format.specialTokens().size()
                + " special tokens");
      }
      if (contextTokens < 1) {
        throw new IllegalArgumentException(
            "contextTokens (" + contextTokens + ") must be at least 1");
      }
    }
  }

  /** A pair is worth a token only if it occurs more than once. */
  private static final long LEAST_COUNT = 2;

  private record Candidate(long pair, long count) {}

  private final Settings settings;
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<BytePairModel.Merge> merges = new ArrayList<>();
  private final Map<Long, Long> counts = new HashMap<>();
  private final Map<Long, Set<Word>> places = new HashMap<>();
  private final PriorityQueue<Candidate> candidates =
      new PriorityQueue<>(
          Comparator.comparingLong(Candidate::count).reversed().thenComparing(Candidate::pair));

  private BytePairTrainer(Settings settings) {
    this.settings = settings;
    settings.format().specialTokens().forEach(this::tokenOf);
    IntStream.range(0, 256)
        .map(ByteAlphabet::character)
        .sorted()
        .forEach(character -> tokenOf(String.valueOf((char) character)));
  }

  /**
   * Returns the tokenizer trained on texts. It has fewer tokens than asked for if the texts hold no
   * more pair that occurs twice; special tokens spelled in a text are left out.
   */
  public static BytePairModel train(Iterable<String> texts, Settings settings) {
    BytePairTrainer trainer = new BytePairTrainer(settings);
    trainer.count(texts);
    trainer.merge();
    return new BytePairModel(settings, trainer.tokens, trainer.merges);
  }

  private int tokenOf(String token) {
    Integer known = ids.putIfAbsent(token, tokens.size());
    if (known == null) {
      tokens.add(token);
      return tokens.size() - 1;
    }
    return known;
  }

  private void count(Iterable<String> texts) {
    PreTokenizer cut = new PreTokenizer(settings.format().specialTokens());
    Map<String, Long> pieces = new TreeMap<>();
    for (String text : texts) {
      cut.pieces(text, piece -> pieces.merge(piece, 1L, Long::sum));
    }
    pieces.forEach(
        (piece, count) -> {
          int[] symbols = ByteAlphabet.spell(piece).chars().map(this::idOfByte).toArray();
          add(new Word(count, symbols), new LinkedHashSet<>());
        });
    counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
  }

  private int idOfByte(int character) {
    return Objects.requireNonNull(ids.get(String.valueOf((char) character)));
  }

  private void merge() {
    while (tokens.size() < settings.vocabulary()) {
      Candidate best = candidates.poll();
      if (best == null || best.count() < LEAST_COUNT) {
        return;
      }
      // A count that changed was queued again with its new value.
      if (best.count() == counts.getOrDefault(best.pair(), 0L)) {
        replace(best.pair());
      }
    }
  }

  private void replace(long pair) {
    String left = tokens.get(Word.left(pair));
    String right = tokens.get(Word.right(pair));
    int merged = tokenOf(left + right);
    merges.add(new BytePairModel.Merge(left, right));
    Set<Long> changed = new LinkedHashSet<>();
    for (Word word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
      remove(word, changed);
      word.merge(pair, merged);
      add(word, changed);
    }
    for (long each : changed) {
      long count = counts.getOrDefault(each, 0L);
      if (count >= LEAST_COUNT) {
        candidates.add(new Candidate(each, count));
      }
    }
  }

  private void remove(Word word, Set<Long> changed) {
    for (int i = 0; i < word.pairs(); i++) {
      long pair = word.pairAt(i);
      counts.merge(pair, -word.count, Long::sum);
      places.getOrDefault(pair, Set.of()).remove(word);
      changed.add(pair);
    }
  }

  private void add(Word word, Set<Long> changed) {
    for (int i = 0; i < word.pairs(); i++) {
      long pair = word.pairAt(i);
      counts.merge(pair, word.count, Long::sum);
      places.computeIfAbsent(pair, key -> new LinkedHashSet<>()).add(word);
      changed.add(pair);
    }
  }
}
