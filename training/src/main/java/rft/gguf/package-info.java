/**
 * Opens a GGUF file as a Hugging Face model folder. Start at {@link rft.gguf.GgufFolder}, which
 * writes the folder; {@link rft.gguf.GgufWeights} gives the tensors under their Hugging Face names.
 * In: one GGUF file. Out: {@code config.json}, the tokenizer's files, and float32 values. What a
 * file is made of (types of tensors, blocks, keys, names) stands in {@link rft.gguf.TensorType},
 * {@link rft.gguf.GgufKeys} and {@link rft.gguf.TensorNames}.
 */
@NullMarked
package rft.gguf;

import org.jspecify.annotations.NullMarked;
