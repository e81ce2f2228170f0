package rft.policy;

/** Which of a policy's two faces computes: they share their frozen weights. */
public enum PolicyView {
  /** The model being trained. */
  TUNED,
  /** The model as it was before training: adapter off, or the frozen copy of a full fine-tuning. */
  BASE
}
