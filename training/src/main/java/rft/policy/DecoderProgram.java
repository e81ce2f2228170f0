package rft.policy;

import ai.djl.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the program of a model: the text that all share, the text of its layout, its sizes. */
final class DecoderProgram {
  private static final String TEXT = "decoder.torchscript";

  private DecoderProgram() {}

  /** Returns the program of a decoder on a device. */
  static TorchProgram load(Decoder.Form form, Device device) {
    ModelConfig config = form.config();
    Layout layout = form.layout();
    Precision precision = form.precision();
    Map<String, String> constants = new LinkedHashMap<>();
    String text = TorchProgram.read(TEXT).replace("$BODY", TorchProgram.read(layout.resource()));
    sizes(config, constants);
    places(config, layout, constants);
    int upcastRows = ProcessorTraits.upcastRows(precision, device);
    constants.put("TYPE", Integer.toString(precision.engineType()));
    constants.put("UPCAST_ROWS", Integer.toString(upcastRows));
    boolean packs = ProcessorTraits.packs(precision, device);
    constants.put("PACKS", flag(packs));
    long cached = ProcessorTraits.packedBytes(device) / precision.bytes();
    constants.put("PACKED_VALUES", Long.toString(cached));
    long rows = Math.max(1, Math.min(config.vocabulary(), cached / 2 / config.hidden()));
    constants.put("PIECE_ROWS", Long.toString(rows));
    constants.put("HALVES", flag(ProcessorTraits.keepsHalves(precision, device)));
    constants.put("ATTENDS_HEAD", flag(ProcessorTraits.attendsHead(precision, device)));
    constants.put("CONVOLVES", flag(ProcessorTraits.convolves(precision, device)));
    constants.put("CONVOLVED_ROWS", Integer.toString(ProcessorTraits.CONVOLVED_ROWS));
    constants.put("HALF_ROWS", Integer.toString(ProcessorTraits.MEMORY_BOUND_ROWS));
    constants.put("SHORT_KEYS", Integer.toString(ProcessorTraits.SHORT_KEYS));
    constants.put("UPCAST", flag(upcastRows < Integer.MAX_VALUE));
    return TorchProgram.load(text, constants, device, form.threads());
  }

  private static void sizes(ModelConfig config, Map<String, String> constants) {
    constants.put("HIDDEN", Integer.toString(config.hidden()));
    constants.put("PER_HIDDEN", Double.toString(1.0 / config.hidden()));
    constants.put("INTERMEDIATE", Integer.toString(config.intermediate()));
    constants.put("EPS", Double.toString(config.normEpsilon()));
    constants.put("HEADS", Integer.toString(config.heads()));
    constants.put("KV_HEADS", Integer.toString(config.kvHeads()));
    constants.put("HEAD_DIM", Integer.toString(config.headDim()));
    constants.put("REPEAT", Integer.toString(config.heads() / config.kvHeads()));
    constants.put("QUERY", Integer.toString(config.heads() * config.headDim()));
    constants.put("KEY", Integer.toString(config.kvHeads() * config.headDim()));
    constants.put("SCALE", Double.toString(1 / Math.sqrt(config.headDim())));
    constants.put("SCORED", Integer.toString(PassSize.scoredAtOnce(config)));
    constants.put("LAYERS", Integer.toString(config.layers()));
  }

  private static void places(ModelConfig config, Layout layout, Map<String, String> constants) {
    int stride = layout.layer(config).size();
    int embedding = stride * config.layers();
    constants.put("STRIDE", Integer.toString(stride));
    constants.put("ARRAYS", Integer.toString(layout.arrays(config).size()));
    constants.put("EMBED", Integer.toString(embedding));
    constants.put("NORM", Integer.toString(embedding + 1));
    constants.put("HEAD", Integer.toString(config.tied() ? embedding : embedding + 2));
    putOptional("INPUT_BIAS", layout.place(config, "self_attn.q_proj.bias"), constants);
    putOptional("OUTPUT_BIAS", layout.place(config, "self_attn.o_proj.bias"), constants);
    putOptional("HEAD_NORM", layout.place(config, "self_attn.q_norm.weight"), constants);
  }

  private static void putOptional(String name, int place, Map<String, String> constants) {
    constants.put(name, Integer.toString(Math.max(0, place)));
    constants.put("HAS_" + name, flag(place >= 0));
  }

  private static String flag(boolean value) {
    return value ? "True" : "False";
  }
}
