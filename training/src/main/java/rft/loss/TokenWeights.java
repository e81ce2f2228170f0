package rft.loss;

/** Constants that multiply the loss of each token before the KL penalty is added. */
@FunctionalInterface
interface TokenWeights {
  /** Returns the factors, (rows, T), without a gradient; unused where a token does not train. */
  double[][] of(LossBatch batch);
}
