package rft.serving;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rft.policy.LiveBatch;
import rft.policy.LiveRow;
import rft.policy.Variant;

/**
 * A thread that draws answers: those of one variant together, one variant after the other, so that
 * no pass through the model mixes weights. Answers begin and end at any token.
 */
final class DecodingLoop extends Thread {
  /** Tokens of prompts computed at once: what is being drawn waits for them. */
  private static final int MOST_PROMPT_TOKENS = 2_048;

  private final Dispatcher dispatcher;
  private final int index;
  private final Set<Integer> endTokens;
  private final Map<Variant, Lane> lanes = new LinkedHashMap<>();

  DecodingLoop(Dispatcher dispatcher, int index, Set<Integer> endTokens) {
    super("rft-decode-" + index);
    this.dispatcher = dispatcher;
    this.index = index;
    this.endTokens = endTokens;
    setDaemon(true);
  }

  /** What is drawn with one variant. */
  private final class Lane {
    private final LiveBatch batch;
    private final IdentityHashMap<LiveRow, Generation.Choice> choices = new IdentityHashMap<>();

    Lane(Variant variant) {
      this.batch = new LiveBatch(variant);
    }

    void begin(List<Generation.Choice> joining) {
      joining.forEach(choice -> choices.put(choice.row(), choice));
      for (List<Generation.Choice> part : parts(joining)) {
        batch.join(part.stream().map(Generation.Choice::row).toList());
        part.forEach(DecodingLoop.this::take);
        dispatcher.drew(part.size());
      }
    }

    void step() {
      dropThoseThatAreOver();
      batch.step();
      choices.values().forEach(DecodingLoop.this::take);
      dispatcher.drew(choices.size());
      dropThoseThatAreOver();
    }

    private void dropThoseThatAreOver() {
      // Asked once each: another thread may end an answer between two questions.
      List<Generation.Choice> over =
          choices.values().stream().filter(Generation.Choice::isOver).toList();
      if (!over.isEmpty()) {
        over.forEach(choice -> choices.remove(choice.row()));
        batch.leave(row -> !choices.containsKey(row));
        over.forEach(Generation.Choice::gone);
      }
    }

    /** Ends all answers; the batch may be in any state. */
    void fail(Throwable failure) {
      batch.close();
      for (Generation.Choice choice : choices.values()) {
        choice.fail(failure);
        choice.gone();
      }
      choices.clear();
    }
  }

  private void take(Generation.Choice choice) {
    choice.take(endTokens.contains(choice.row().last().id()));
  }

  /** Cuts what joins so that the prompts of a part fit the limit, or it is one prompt. */
  private static List<List<Generation.Choice>> parts(List<Generation.Choice> joining) {
    List<List<Generation.Choice>> parts = new ArrayList<>();
    int width = 0;
    for (Generation.Choice choice : joining) {
      int length = choice.row().promptLength();
      int wider = Math.max(width, length);
      int count = parts.isEmpty() ? 0 : parts.get(parts.size() - 1).size();
      if (count == 0 || wider * (count + 1) > MOST_PROMPT_TOKENS) {
        parts.add(new ArrayList<>());
        wider = length;
      }
      width = wider;
      parts.get(parts.size() - 1).add(choice);
    }
    return parts;
  }

  @Override
  public void run() {
    try {
      while (true) {
        int rows = lanes.values().stream().mapToInt(lane -> lane.choices.size()).sum();
        List<Generation.Choice> joining = dispatcher.take(index, rows);
        if (joining == null) {
          break;
        }
        begin(joining);
        for (Variant variant : List.copyOf(lanes.keySet())) {
          guarded(variant, Lane::step);
        }
      }
    } catch (InterruptedException e) {
      interrupt();
    } finally {
      List.copyOf(lanes.values()).forEach(lane -> lane.fail(ApiException.closing()));
      lanes.clear();
    }
  }

  /** Waits for its end, whatever happens; returns whether the caller was interrupted. */
  boolean end() {
    boolean interrupted = false;
    while (isAlive()) {
      try {
        join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private void begin(List<Generation.Choice> joining) {
    Map<Variant, List<Generation.Choice>> byVariant = new LinkedHashMap<>();
    for (Generation.Choice choice : joining) {
      byVariant.computeIfAbsent(choice.variant(), variant -> new ArrayList<>()).add(choice);
    }
    byVariant.forEach(
        (variant, choices) -> {
          lanes.computeIfAbsent(variant, Lane::new);
          guarded(variant, lane -> lane.begin(choices));
        });
  }

  /** Does something with a lane; what goes wrong there ends its answers and no others. */
  private void guarded(Variant variant, java.util.function.Consumer<Lane> work) {
    Lane lane = lanes.get(variant);
    if (lane == null) {
      return;
    }
    try {
      work.accept(lane);
    } catch (RuntimeException | OutOfMemoryError e) {
      lane.fail(e);
    }
    if (lane.choices.isEmpty()) {
      lane.batch.close();
      lanes.remove(variant);
    }
  }
}
