package rft.command;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rft.judge.JudgeSettings;

/** Which model judges, where another than the one that is set for the process. */
public final class JudgeFlags {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the judge answers, like http://127.0.0.1:8000/v1 (RFT_JUDGE_URL).")
  @Nullable String url;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "The judge's name there (RFT_JUDGE_MODEL).")
  @Nullable String model;

  @Option(
      names = "--key-env",
      paramLabel = "VARIABLE",
      description = "The environment variable that holds its key (RFT_JUDGE_KEY_ENV).")
  @Nullable String keyEnv;

  JudgeFlags() {}

  /** Returns the settings that were given; what is asked is never answered from a cache. */
  Map<String, String> settings() {
    Map<String, String> given = new HashMap<>(Map.of(JudgeSettings.CACHE, "off"));
    put(given, JudgeSettings.URL, url);
    put(given, JudgeSettings.MODEL, model);
    put(given, JudgeSettings.KEY_ENV, keyEnv);
    return given;
  }

  private static void put(Map<String, String> given, String name, @Nullable String value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
