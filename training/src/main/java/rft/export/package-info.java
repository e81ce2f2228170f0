/** Writes adapters as PEFT folders and models as Hugging Face folders. */
@NullMarked
package rft.export;

import org.jspecify.annotations.NullMarked;
