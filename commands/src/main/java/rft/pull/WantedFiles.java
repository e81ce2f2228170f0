package rft.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rft.pull.PullException.Kind;

/**
 * Which files of a repository make a model here. Pickles are never among them: loading one can run
 * code.
 *
 * @param texts config, tokenizer and chat template, and the index of the weights: small, and first
 * @param weights safetensors, or one GGUF file
 */
record WantedFiles(List<HubFile> texts, List<HubFile> weights) {
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  static final String GGUF = ".gguf";

  private static final String SAFETENSORS = ".safetensors";
  private static final Pattern SPLIT = Pattern.compile(".*-\\d{5}-of-\\d{5}\\.gguf");
  private static final Set<String> TEXTS =
      Set.of(
          CONFIG,
          TOKENIZER,
          "generation_config.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "chat_template.json");
  private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".pkl", ".ckpt");

  WantedFiles {
    texts = List.copyOf(texts);
    weights = List.copyOf(weights);
  }

  /** Returns whether a file of this name is a pickle, or commonly holds one. */
  static boolean isPickle(String name) {
    return PICKLES.stream().anyMatch(name::endsWith);
  }

  /**
   * Returns what to fetch.
   *
   * @throws PullException if there is no model that can be read, saying what there is instead
   */
  static WantedFiles of(HubListing listing) throws PullException {
    String named = listing.repository().file();
    if (named != null) {
      HubFile file = listing.find(named).orElseThrow(() -> noSuchFile(listing, named));
      if (SPLIT.matcher(named).matches()) {
        throw new PullException(
            named
                + " is one part of a model in several GGUF files: only models in one file are"
                + " read");
      }
      return new WantedFiles(List.of(), List.of(file));
    }
    Optional<HubFile> index = listing.find(INDEX);
    Optional<HubFile> single = listing.find(SINGLE);
    if (single.isEmpty() && index.isEmpty()) {
      return new WantedFiles(List.of(), List.of(onlyGguf(listing)));
    }
    for (String needed : List.of(CONFIG, TOKENIZER)) {
      if (listing.find(needed).isEmpty()) {
        throw new PullException(
            listing.repository().id() + " has no " + needed + ", which every model folder needs");
      }
    }
    List<HubFile> texts =
        new ArrayList<>(listing.files().stream().filter(f -> TEXTS.contains(f.path())).toList());
    if (single.isPresent()) {
      return new WantedFiles(texts, List.of(single.get()));
    }
    index.ifPresent(texts::add);
    return new WantedFiles(texts, shards(listing));
  }

  /** All that may be a shard: which of them are is in the index, which is not here yet. */
  private static List<HubFile> shards(HubListing listing) {
    return listing.ending(SAFETENSORS).stream().filter(f -> f.path().startsWith("model-")).toList();
  }

  /**
   * Returns these with only those weights that an index names.
   *
   * @throws PullException if the repository lacks one
   */
  WantedFiles withShards(Set<String> named, HubListing listing) throws PullException {
    List<HubFile> shards = new ArrayList<>();
    for (String name : named.stream().sorted().toList()) {
      shards.add(
          listing
              .find(name)
              .filter(file -> file.isTopLevel() && name.endsWith(SAFETENSORS))
              .orElseThrow(
                  () ->
                      new PullException(
                          "%s lacks %s, one of the %d shards that its %s names"
                              .formatted(listing.repository().id(), name, named.size(), INDEX))));
    }
    return new WantedFiles(texts, shards);
  }

  private static HubFile onlyGguf(HubListing listing) throws PullException {
    List<HubFile> files = listing.ending(GGUF);
    if (files.size() == 1) {
      return files.get(0);
    }
    String id = listing.repository().id();
    if (files.size() > 1) {
      throw new PullException(
          "%s holds %d GGUF files; name one: %s:FILE, with FILE one of %s"
              .formatted(id, files.size(), id, names(files)));
    }
    List<HubFile> pickles = listing.files().stream().filter(file -> isPickle(file.path())).toList();
    if (!pickles.isEmpty()) {
      throw new PullException(
          id
              + " holds its weights only as pickles ("
              + names(pickles)
              + "), which are never fetched, because loading one can run code: convert it to"
              + " safetensors, or look for a repository that has them");
    }
    List<HubFile> adapters = listing.ending("adapter_model" + SAFETENSORS);
    throw new PullException(
        adapters.isEmpty()
            ? id + " holds no weights: neither " + SINGLE + " nor a GGUF file"
            : id + " holds an adapter, not a model: pull the base model that its card names");
  }

  private static PullException noSuchFile(HubListing listing, String path) {
    List<HubFile> files =
        listing.files().stream().filter(file -> file.path().endsWith(GGUF)).toList();
    return new PullException(
        Kind.NOT_FOUND,
        listing.repository().id()
            + " has no file "
            + path
            + (files.isEmpty() ? ", and no GGUF file at all" : "; it has " + names(files)));
  }

  private static String names(List<HubFile> files) {
    int most = 12;
    String first = files.stream().limit(most).map(HubFile::path).collect(Collectors.joining(", "));
    return files.size() > most ? first + " and " + (files.size() - most) + " more" : first;
  }

  /** Returns all files, in the order in which to fetch them. */
  List<HubFile> all() {
    return Stream.concat(texts.stream(), weights.stream()).toList();
  }
}
