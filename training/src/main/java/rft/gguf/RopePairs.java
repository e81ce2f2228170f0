package rft.gguf;

/**
 * The order of the rows of query and key projections. Hugging Face rotates value i of a head with
 * value i + headDim / 2; files of the architecture llama hold such two beside each other.
 *
 * @param headDim rows of one head; even
 */
public record RopePairs(int headDim) {
  public RopePairs {
    if (headDim < 2 || headDim % 2 != 0) {
      throw new IllegalArgumentException("headDim (" + headDim + ") must be even");
    }
  }

  /** Returns where a row of a GGUF file stands in a Hugging Face tensor. */
  public int inFolder(int rowInGguf) {
    int inHead = rowInGguf % headDim;
    return rowInGguf - inHead + inHead % 2 * (headDim / 2) + inHead / 2;
  }

  /** Returns where a row of a Hugging Face tensor stands in a GGUF file. */
  public int inGguf(int rowInFolder) {
    int inHead = rowInFolder % headDim;
    int half = headDim / 2;
    return rowInFolder - inHead + inHead % half * 2 + inHead / half;
  }
}
