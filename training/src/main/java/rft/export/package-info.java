/**
 * Writes what was trained in the formats that other tools load, and reads it back: an adapter as a
 * PEFT folder ({@link rft.export.PeftFolder}), a whole model as a Hugging Face folder ({@link
 * rft.export.HuggingFaceFolder}) or as a GGUF file ({@link rft.export.GgufModelFolder}).
 *
 * <p>In: values by tensor name, with their {@link rft.policy.AdapterShape} and {@link
 * rft.policy.ModelConfig}. Out: folders that appear whole or not at all, the same bytes for the
 * same values.
 */
@NullMarked
package rft.export;

import org.jspecify.annotations.NullMarked;
