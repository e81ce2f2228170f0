package rft.live;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.reward.Score;
import rft.run.DamagedRunException;
import rft.run.RunReader;
import rft.run.StoredRollout;

/**
 * A search through the texts of a run, from its last step back.
 *
 * @param text what is looked for, in any case of letters; empty finds every text
 * @param place {@code answer}, {@code prompt}, or {@code any}
 * @param outcome {@code any}, {@code score}, {@code failed} (also abstained), {@code cut}
 * @param least reward; null for any
 * @param most reward; null for any
 */
record RolloutSearch(
    Pattern text, String place, String outcome, @Nullable Double least, @Nullable Double most) {
  private static final int MOST_HITS = 60;
  private static final int AROUND = 60;
  private static final long BUDGET_NANOS = Duration.ofMillis(300).toNanos();

  /**
   * Some of what was found.
   *
   * @param hits newest step first
   * @param cursor where to go on; null at the end
   * @param steps steps looked through
   * @param left steps not looked through yet
   * @param damaged steps that cannot be read
   */
  record Found(
      List<Hit> hits, @Nullable String cursor, int steps, int left, List<Integer> damaged) {}

  /**
   * One rollout that fits.
   *
   * @param step the step
   * @param position place of the task in the step
   * @param index place of the rollout in the group
   * @param task the task's id
   * @param place {@code answer} or {@code prompt}
   * @param before the text before what was found
   * @param match what was found
   * @param after the text behind it
   * @param reward null where there is none
   */
  record Hit(
      int step,
      int position,
      int index,
      String task,
      String place,
      String before,
      String match,
      String after,
      @Nullable Double reward) {}

  /** Reads what an address asks for. */
  static RolloutSearch of(Context context) {
    String text = String.valueOf(context.queryParamAsClass("q", String.class).getOrDefault(""));
    int letters = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    return new RolloutSearch(
        Pattern.compile(Pattern.quote(text), letters),
        choice(context, "place", "any", "answer", "prompt"),
        choice(context, "outcome", "any", "score", "failed", "cut"),
        reward(context, "min"),
        reward(context, "max"));
  }

  private static String choice(Context context, String parameter, String... choices) {
    @Nullable String value = context.queryParam(parameter);
    if (value == null || value.isEmpty()) {
      return choices[0];
    }
    if (!List.of(choices).contains(value)) {
      throw new BadRequestResponse(parameter + " must be one of " + String.join(", ", choices));
    }
    return value;
  }

  private static @Nullable Double reward(Context context, String parameter) {
    @Nullable String value = context.queryParam(parameter);
    try {
      return value == null || value.isBlank() ? null : Double.valueOf(value);
    } catch (NumberFormatException e) {
      throw new BadRequestResponse(parameter + " must be a number");
    }
  }

  /**
   * Looks through steps for a third of a second, or until a page is full.
   *
   * @param cursor from an earlier answer; null begins
   */
  Found in(RunReader reader, @Nullable String cursor) throws IOException {
    int[] from = parse(cursor);
    List<Integer> steps =
        reader.rolloutSteps().stream()
            .filter(step -> step <= from[0])
            .sorted((a, b) -> b - a)
            .toList();
    List<Hit> hits = new ArrayList<>();
    List<Integer> damaged = new ArrayList<>();
    long end = System.nanoTime() + BUDGET_NANOS;
    int done = 0;
    for (int step : steps) {
      int skip = step == from[0] ? from[1] : 0;
      try {
        List<StoredRollout> rollouts = reader.rollouts(step);
        for (int i = skip; i < rollouts.size(); i++) {
          if (hits.size() == MOST_HITS) {
            return new Found(hits, step + "." + i, done, steps.size() - done, damaged);
          }
          add(hits, rollouts.get(i));
        }
      } catch (DamagedRunException e) {
        damaged.add(step);
      }
      done++;
      if (System.nanoTime() > end && done < steps.size()) {
        return new Found(hits, steps.get(done) + ".0", done, steps.size() - done, damaged);
      }
    }
    return new Found(hits, null, done, 0, damaged);
  }

  private static int[] parse(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return new int[] {Integer.MAX_VALUE, 0};
    }
    try {
      int dot = cursor.indexOf('.');
      int step = Integer.parseInt(cursor.substring(0, dot));
      int place = Integer.parseInt(cursor.substring(dot + 1));
      if (step >= 0 && place >= 0) {
        return new int[] {step, place};
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Said below, as of any other.
    }
    throw new BadRequestResponse("cursor must be one that an earlier answer gave");
  }

  private void add(List<Hit> hits, StoredRollout rollout) {
    if (!fits(rollout)) {
      return;
    }
    Matcher answer = text.matcher(rollout.text());
    Matcher prompt = text.matcher(rollout.prompt());
    if (!place.equals("prompt") && answer.find()) {
      hits.add(hit(rollout, "answer", rollout.text(), answer));
    } else if (!place.equals("answer") && prompt.find()) {
      hits.add(hit(rollout, "prompt", rollout.prompt(), prompt));
    }
  }

  private boolean fits(StoredRollout rollout) {
    double reward = rollout.reward();
    boolean score = rollout.verdict() instanceof Score;
    boolean right =
        switch (outcome) {
          case "score" -> score;
          case "failed" -> !score;
          case "cut" -> rollout.finishReason().equals("length");
          default -> true;
        };
    // A reward that is not there, NaN, is within no bounds.
    return right && (least == null || reward >= least) && (most == null || reward <= most);
  }

  private static Hit hit(StoredRollout rollout, String place, String text, Matcher found) {
    int start = found.start();
    int end = found.end();
    int stop = Math.min(end, start + AROUND * 2);
    return new Hit(
        rollout.step(),
        rollout.position(),
        rollout.index(),
        rollout.taskId(),
        place,
        text.substring(Math.max(0, start - AROUND), start),
        text.substring(start, stop),
        text.substring(stop, Math.min(text.length(), stop + AROUND * 2)),
        Double.isNaN(rollout.reward()) ? null : rollout.reward());
  }
}
