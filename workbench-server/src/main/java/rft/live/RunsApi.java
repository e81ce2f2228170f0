package rft.live;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.SeriesBucket;
import rft.web.Routes;

/**
 * What a page reads of runs:
 *
 * <ul>
 *   <li>{@code GET /api/runs}: a {@link RunList.Listing};
 *   <li>{@code GET /api/runs/ID}: a {@link RunPage};
 *   <li>{@code GET /api/runs/ID/series?keys=a,b&from=0&to=100&points=2000}: a {@link Series};
 *   <li>{@code GET /api/runs/ID/report}, {@code metrics.csv}, {@code rollouts.jsonl}: files;
 *   <li>{@code GET /api/metrics}: a {@link MetricLine} for every key the product knows;
 *   <li>{@code GET /api/compare?runs=A,B}: a {@link Comparison}.
 * </ul>
 */
final class RunsApi implements Routes {
  private static final int POINTS = 2_000;
  private static final int MOST_POINTS = 10_000;
  private static final int MOST_KEYS = 200;

  /**
   * Some series of a run.
   *
   * @param series points by key; empty ones for a key the run does not have
   * @param sequence position in the topic {@code run:ID} that the points reach to
   */
  record Series(Map<String, SeriesPoints> series, String sequence) {}

  /**
   * What a metric means.
   *
   * @param key its key; one that ends in {@code *} stands for all that begin like it
   * @param unit its unit; {@code share} is a fraction between 0 and 1
   * @param better {@code higher}, {@code lower} or {@code neither}
   * @param meaning one sentence without a full stop
   */
  record MetricLine(String key, String unit, String better, String meaning) {}

  private final RunHome home;
  private final RunList list;
  private final Tags tags;
  private final RunPages pages;
  private volatile @Nullable Written written;

  private record Written(String sequence, String json) {}

  RunsApi(RunHome home, RunList list, Tags tags, RunPages pages) {
    this.home = home;
    this.list = list;
    this.tags = tags;
    this.pages = pages;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/runs", this::list);
    routes.get("/api/metrics", context -> context.json(metrics()));
    routes.get("/api/compare", context -> context.json(comparison(context)));
    routes.get("/api/runs/{id}", context -> context.json(page(context)));
    routes.get("/api/runs/{id}/series", context -> context.json(series(context)));
    routes.get("/api/runs/{id}/report", context -> RunDownload.report(context, run(context)));
    routes.get("/api/runs/{id}/metrics.csv", context -> RunDownload.csv(context, run(context)));
    routes.get(
        "/api/runs/{id}/rollouts.jsonl", context -> RunDownload.jsonl(context, run(context)));
  }

  /** Answers with the list, which is written once while it stays the same. */
  private void list(Context context) throws IOException {
    RunList.Listing now = list.listing();
    Written last = written;
    if (last == null || !last.sequence().equals(now.sequence())) {
      last = new Written(now.sequence(), context.jsonMapper().toJsonString(now, now.getClass()));
      written = last;
    }
    context.contentType(ContentType.APPLICATION_JSON).result(last.json());
  }

  private RunPage page(Context context) throws IOException {
    RunFolder folder = run(context);
    return pages.read(folder, tags.all().getOrDefault(folder.id(), List.of()));
  }

  /** Returns the run that an address names. */
  RunFolder run(Context context) throws IOException {
    return home.open(context.pathParam("id"));
  }

  private Series series(Context context) throws IOException {
    List<String> keys = names(context, "keys");
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw new BadRequestResponse("keys must name 1 to " + MOST_KEYS + " metrics, with commas");
    }
    int from = number(context, "from", 0, 0, Integer.MAX_VALUE);
    int to = number(context, "to", Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    int points = number(context, "points", POINTS, 1, MOST_POINTS);
    try (RunReader reader = RunReader.open(run(context))) {
      return reader.atOneMoment(
          run -> {
            Map<String, SeriesPoints> series = new LinkedHashMap<>();
            int last = Math.min(to, run.lastStep());
            int width = SeriesBucket.width(last - from + 1, points);
            for (String key : keys) {
              series.put(key, SeriesPoints.of(run.thinned(key, from, last, width)));
            }
            return new Series(series, run.position().toString());
          });
    }
  }

  private Comparison comparison(Context context) throws IOException {
    List<RunFolder> folders = new ArrayList<>();
    for (String id : names(context, "runs")) {
      folders.add(home.open(id));
    }
    List<String> keys = names(context, "keys");
    return Comparison.of(
        folders,
        keys.isEmpty() ? Comparison.STANDARD_KEYS : keys,
        number(context, "points", POINTS, 1, MOST_POINTS));
  }

  /** Returns the names that a parameter lists with commas. */
  static List<String> names(Context context, String parameter) {
    @Nullable String value = context.queryParam(parameter);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Returns a whole number of the query. */
  static int number(Context context, String parameter, int otherwise, int least, int most) {
    @Nullable String value = context.queryParam(parameter);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with the range.
    }
    throw new BadRequestResponse(
        parameter + " must be a whole number from " + least + " to " + most);
  }

  private static List<MetricLine> metrics() {
    List<MetricLine> lines = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      lines.add(
          new MetricLine(
              metric.key(),
              metric.unit(),
              metric.better().name().toLowerCase(Locale.ROOT),
              metric.meaning()));
    }
    lines.add(
        new MetricLine(
            Metric.partKey("*"), "reward", "higher", Metric.meaningOf(Metric.partKey("*"))));
    lines.add(
        new MetricLine("reward/failed/*", "rollouts", "lower", "rollouts whose reward failed so"));
    return lines;
  }
}
