package rft.gguf;

/**
 * The names of metadata values.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the GGUF format</a>
 */
public final class GgufKeys {
  public static final String ARCHITECTURE = "general.architecture";
  public static final String TYPE = "general.type";
  public static final String NAME = "general.name";
  public static final String LICENCE = "general.license";
  public static final String ALIGNMENT = "general.alignment";
  public static final String FILE_TYPE = "general.file_type";
  public static final String QUANTIZATION_VERSION = "general.quantization_version";
  public static final String SPLIT_COUNT = "split.count";

  public static final String TOKENIZER_MODEL = "tokenizer.ggml.model";
  public static final String PRE_TOKENIZER = "tokenizer.ggml.pre";
  public static final String TOKENS = "tokenizer.ggml.tokens";
  public static final String TOKEN_TYPES = "tokenizer.ggml.token_type";
  public static final String SCORES = "tokenizer.ggml.scores";
  public static final String MERGES = "tokenizer.ggml.merges";
  public static final String BEGIN_ID = "tokenizer.ggml.bos_token_id";
  public static final String END_ID = "tokenizer.ggml.eos_token_id";
  public static final String END_OF_TURN_ID = "tokenizer.ggml.eot_token_id";
  public static final String END_OF_MESSAGE_ID = "tokenizer.ggml.eom_token_id";
  public static final String UNKNOWN_ID = "tokenizer.ggml.unknown_token_id";
  public static final String PADDING_ID = "tokenizer.ggml.padding_token_id";
  public static final String ADD_BEGIN = "tokenizer.ggml.add_bos_token";
  public static final String ADD_END = "tokenizer.ggml.add_eos_token";
  public static final String ADD_SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";
  public static final String CHAT_TEMPLATE = "tokenizer.chat_template";

  // Below: without the architecture that stands before them in a file.
  public static final String VOCABULARY = "vocab_size";
  public static final String LAYERS = "block_count";
  public static final String CONTEXT = "context_length";
  public static final String HIDDEN = "embedding_length";
  public static final String INTERMEDIATE = "feed_forward_length";
  public static final String HEADS = "attention.head_count";
  public static final String KV_HEADS = "attention.head_count_kv";
  public static final String HEAD_DIM = "attention.key_length";
  public static final String VALUE_DIM = "attention.value_length";
  public static final String NORM_EPSILON = "attention.layer_norm_rms_epsilon";
  public static final String EXPERTS = "expert_count";
  public static final String ROPE_THETA = "rope.freq_base";
  public static final String ROPE_DIM = "rope.dimension_count";
  public static final String ROPE_SCALING_TYPE = "rope.scaling.type";
  public static final String ROPE_SCALING_FACTOR = "rope.scaling.factor";

  private GgufKeys() {}

  /** Returns the full name of a value that belongs to an architecture. */
  public static String of(String architecture, String key) {
    return architecture + "." + key;
  }
}
