/**
 * The policy: model weights, adapter, forward pass, sampling and gradients. The only place with
 * tensors beside optimizer and export.
 */
@NullMarked
package rft.policy;

import org.jspecify.annotations.NullMarked;
