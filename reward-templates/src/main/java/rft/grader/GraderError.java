package rft.grader;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.reward.Failure;

/**
 * What can go wrong with a grader, by the eleven flags of the service's answer; three of them have
 * a text beside them.
 */
public enum GraderError {
  FORMULA_PARSE(null),
  SAMPLE_PARSE(null),
  TRUNCATED_OBSERVATION(null),
  UNRESPONSIVE_REWARD(null),
  INVALID_VARIABLE(null),
  OTHER(null),
  PYTHON_GRADER_SERVER("python_grader_server_error_type"),
  PYTHON_GRADER_RUNTIME("python_grader_runtime_error_details"),
  MODEL_GRADER_SERVER("model_grader_server_error_details"),
  MODEL_GRADER_REFUSAL(null),
  MODEL_GRADER_PARSE(null);

  private final @Nullable String detailName;

  GraderError(@Nullable String detailName) {
    this.detailName = detailName;
  }

  /** Returns the flag's name, for example {@code formula_parse_error}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT) + "_error";
  }

  /** Returns the name of the text beside it, or null if it has none. */
  @Nullable String detailName() {
    return detailName;
  }

  /** Returns the flag of a failure of Python code. */
  static GraderError ofPython(Failure.Kind kind) {
    return switch (kind) {
      case EXCEPTION, NOT_A_NUMBER, OUT_OF_RANGE, WRONG_COUNT, WRONG_ID, UNREADABLE, TIMEOUT ->
          PYTHON_GRADER_RUNTIME;
      case WORKER_DIED, NO_SANDBOX, SERVICE, THROTTLED -> PYTHON_GRADER_SERVER;
      default -> ofAnything(kind);
    };
  }

  /** Returns the flag of a failure of a model. */
  static GraderError ofModel(Failure.Kind kind) {
    return switch (kind) {
      case REFUSED -> MODEL_GRADER_REFUSAL;
      case UNREADABLE, TRUNCATED, NOT_A_NUMBER, OUT_OF_RANGE -> MODEL_GRADER_PARSE;
      case SERVICE, THROTTLED, TIMEOUT -> MODEL_GRADER_SERVER;
      default -> ofAnything(kind);
    };
  }

  /** Returns the flag of a failure of neither. */
  static GraderError ofAnything(Failure.Kind kind) {
    return switch (kind) {
      case FORMULA -> FORMULA_PARSE;
      case UNREADABLE -> SAMPLE_PARSE;
      case TRUNCATED -> TRUNCATED_OBSERVATION;
      case TIMEOUT -> UNRESPONSIVE_REWARD;
      case UNKNOWN_VARIABLE -> INVALID_VARIABLE;
      default -> OTHER;
    };
  }
}
