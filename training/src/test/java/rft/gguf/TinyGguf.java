package rft.gguf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GGUF files of models small enough for any test; every value of a tensor is 0. */
public final class TinyGguf {
  public static final int HIDDEN = 16;
  public static final int HEADS = 4;
  public static final int KV_HEADS = 2;
  public static final int INTERMEDIATE = 24;
  public static final int LAYERS = 2;

  private TinyGguf() {}

  /** Returns the settings and the tokenizer of a model, without tensors. */
  public static GgufBytes head(String architecture) {
    GgufBytes file =
        new GgufBytes()
            .put(GgufKeys.ARCHITECTURE, architecture)
            .put(GgufKeys.of(architecture, GgufKeys.LAYERS), LAYERS)
            .put(GgufKeys.of(architecture, GgufKeys.CONTEXT), 128)
            .put(GgufKeys.of(architecture, GgufKeys.HIDDEN), HIDDEN)
            .put(GgufKeys.of(architecture, GgufKeys.INTERMEDIATE), INTERMEDIATE)
            .put(GgufKeys.of(architecture, GgufKeys.HEADS), HEADS)
            .put(GgufKeys.of(architecture, GgufKeys.KV_HEADS), KV_HEADS)
            .put(GgufKeys.of(architecture, GgufKeys.ROPE_THETA), 10000f)
            .put(GgufKeys.of(architecture, GgufKeys.NORM_EPSILON), 1e-5f);
    return byteLevel(file, "smollm");
  }

  /** Returns a whole model. */
  public static GgufBytes model(String architecture) {
    GgufBytes file = head(architecture);
    shapes(architecture).forEach((name, shape) -> zeros(file, name, shape));
    return file;
  }

  static void zeros(GgufBytes file, String name, int... shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    file.tensor(name, new float[count], shape);
  }

  private static Map<String, int[]> shapes(String architecture) {
    int headDim = HIDDEN / HEADS;
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("token_embd.weight", new int[] {tokens().size(), HIDDEN});
    shapes.put("output_norm.weight", new int[] {HIDDEN});
    for (int layer = 0; layer < LAYERS; layer++) {
      String block = "blk." + layer + ".";
      shapes.put(block + "attn_norm.weight", new int[] {HIDDEN});
      shapes.put(block + "attn_q.weight", new int[] {HEADS * headDim, HIDDEN});
      shapes.put(block + "attn_k.weight", new int[] {KV_HEADS * headDim, HIDDEN});
      shapes.put(block + "attn_v.weight", new int[] {KV_HEADS * headDim, HIDDEN});
      shapes.put(block + "attn_output.weight", new int[] {HIDDEN, HEADS * headDim});
      shapes.put(block + "ffn_norm.weight", new int[] {HIDDEN});
      shapes.put(block + "ffn_gate.weight", new int[] {INTERMEDIATE, HIDDEN});
      shapes.put(block + "ffn_up.weight", new int[] {INTERMEDIATE, HIDDEN});
      shapes.put(block + "ffn_down.weight", new int[] {HIDDEN, INTERMEDIATE});
      if (architecture.equals("qwen2")) {
        shapes.put(block + "attn_q.bias", new int[] {HEADS * headDim});
        shapes.put(block + "attn_k.bias", new int[] {KV_HEADS * headDim});
        shapes.put(block + "attn_v.bias", new int[] {KV_HEADS * headDim});
      }
      if (architecture.equals("qwen3")) {
        shapes.put(block + "attn_q_norm.weight", new int[] {headDim});
        shapes.put(block + "attn_k_norm.weight", new int[] {headDim});
      }
    }
    return shapes;
  }

  /** Returns the tokens: three special ones, all bytes, and three merged ones. */
  static List<String> tokens() {
    List<String> tokens = new ArrayList<>(List.of("<|end|>", "<|start|>", "<tool>"));
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= 0x21 && value <= 0x7E)
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      tokens.add(String.valueOf((char) (printable ? value : next++)));
    }
    tokens.addAll(List.of("\u0120a", "12", "1212", "\u010a\u010a", "!\u010a", "'S"));
    return tokens;
  }

  /** Puts a byte-level tokenizer. */
  static GgufBytes byteLevel(GgufBytes file, String split) {
    List<String> tokens = tokens();
    List<Integer> kinds = new ArrayList<>(List.of(3, 3, 4));
    while (kinds.size() < tokens.size()) {
      kinds.add(1);
    }
    return file.put(GgufKeys.TOKENIZER_MODEL, "gpt2")
        .put(GgufKeys.PRE_TOKENIZER, split)
        .put(GgufKeys.TOKENS, tokens)
        .put(GgufKeys.TOKEN_TYPES, kinds)
        .put(
            GgufKeys.MERGES,
            List.of("\u0120 a", "1 2", "12 12", "! \u010a", "\u010a \u010a", "' S"))
        .put(GgufKeys.BEGIN_ID, 1)
        .put(GgufKeys.END_ID, 0)
        .put(
            GgufKeys.CHAT_TEMPLATE,
            "{% for message in messages %}<|start|>{{ message['content'] }}<|end|>{% endfor %}"
                + "{% if add_generation_prompt %}<|start|>{% endif %}");
  }
}
