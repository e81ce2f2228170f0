package rft.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.TrainForm;
import rft.run.RunHeader;
import rft.run.TrainOptions;

/**
 * What a run was started with.
 *
 * @param options every option by its path, for example {@code loop.steps}, in a fixed order
 * @param standard what each option is where {@code rft train} is told nothing else; of this version
 *     of the product
 * @param version version of the product that created the run
 * @param dataset file or name as given
 * @param datasetSha256 SHA-256 of the file
 * @param tasks number of tasks by split
 * @param reward name of the reward the run began with
 * @param rewardSha256 its SHA-256
 * @param check name of the check of validation; null where that is the reward itself
 * @param checkSha256 its SHA-256, or null
 * @param model folder of the base model
 * @param modelParameters number of its weights
 * @param modelSha256 SHA-256 of its weights
 * @param device {@code cpu} or {@code cuda:N}
 * @param threads threads of the engine
 * @param forkedFrom {@code RUN@STEP} it branched from, or null
 * @param java version of Java it was started on
 * @param os operating system it was started on
 * @param cpus processors of that machine
 * @param engine name and version of the tensor engine
 */
record RunSetup(
    Map<String, JsonNode> options,
    Map<String, JsonNode> standard,
    String version,
    String dataset,
    String datasetSha256,
    Map<String, Integer> tasks,
    String reward,
    String rewardSha256,
    @Nullable String check,
    @Nullable String checkSha256,
    String model,
    long modelParameters,
    String modelSha256,
    String device,
    int threads,
    @Nullable String forkedFrom,
    String java,
    String os,
    int cpus,
    String engine) {
  private static final ObjectMapper JSON = new ObjectMapper();

  RunSetup {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    standard = Collections.unmodifiableMap(new LinkedHashMap<>(standard));
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  static RunSetup of(RunHeader header) {
    RunHeader.RewardInfo check = header.check();
    return new RunSetup(
        options(header),
        flat(TrainForm.standard(header.options().inputs())),
        header.version(),
        header.options().inputs().dataset(),
        header.dataset().sha256(),
        header.dataset().tasks(),
        header.reward().name(),
        header.reward().sha256(),
        check == null ? null : check.name(),
        check == null ? null : check.sha256(),
        header.model().path(),
        header.model().parameters(),
        header.model().sha256(),
        header.options().inputs().device(),
        header.options().inputs().threads(),
        header.forkedFrom(),
        header.machine().java(),
        header.machine().os(),
        header.machine().cpus(),
        header.machine().engine());
  }

  /** Returns every option of a run by its path. */
  static Map<String, JsonNode> options(RunHeader header) {
    return flat(header.options());
  }

  private static Map<String, JsonNode> flat(TrainOptions options) {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    try {
      flatten("", JSON.readTree(options.toJson()), flat);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options are no JSON: " + options, e);
    }
    return flat;
  }

  private static void flatten(String path, JsonNode node, Map<String, JsonNode> flat) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      flat));
    } else {
      flat.put(path, node);
    }
  }
}
