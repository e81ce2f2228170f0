/**
 * What a run writes and anyone reads. One trainer writes through {@link rft.run.RunWriter};
 * everybody else, in any process and at any time, reads through {@link rft.run.RunReader}.
 *
 * <p>Start at {@link rft.run.RunHome}, which creates, finds and lists runs. In: {@link
 * rft.run.TrainOptions}, and by step the values of each {@link rft.run.Metric} and the {@link
 * rft.run.StoredRollout}s. Out: a {@link rft.run.RunFolder} with
 *
 * <ul>
 *   <li>{@code run.json}: the {@link rft.run.RunHeader}, fixed at the start;
 *   <li>{@code run.db}: metrics, {@link rft.run.RunEvent}s and the index of rollouts (SQLite);
 *   <li>{@code rollouts/}: texts and tokens, one checked segment per step;
 *   <li>{@code checkpoints/}: one folder each, whole or absent, see {@link
 *       rft.run.CheckpointStore};
 *   <li>{@code control/}: requests to the trainer, see {@link rft.run.RunControl};
 *   <li>{@code lock} and {@code trainer.json}: who writes, see {@link rft.run.RunLock};
 *   <li>{@code report.html}: the {@link rft.run.Report}; {@link rft.run.RunExport} gives CSV and
 *       JSON lines.
 * </ul>
 *
 * A {@link rft.run.ChildProcess} is a command of ours in a process of its own, a training among
 * them. Nothing here knows tensors.
 */
@NullMarked
package rft.run;

import org.jspecify.annotations.NullMarked;
