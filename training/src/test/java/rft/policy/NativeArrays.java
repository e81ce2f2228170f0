package rft.policy;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import java.lang.reflect.Field;
import java.util.Map;

/** Counts what a policy holds of native memory, so that a test sees a leak at once. */
public final class NativeArrays {
  private NativeArrays() {}

  /** Returns the arrays and scopes that are open in the long-lived scope of a policy. */
  public static int heldBy(Policy policy) {
    NDArray any = policy.trainable().values().iterator().next();
    return count((BaseNDManager) any.getManager());
  }

  private static int count(BaseNDManager manager) {
    try {
      Field resources = BaseNDManager.class.getDeclaredField("resources");
      resources.setAccessible(true);
      int count = 0;
      for (Object resource : ((Map<?, ?>) resources.get(manager)).values()) {
        count += resource instanceof BaseNDManager inner ? 1 + count(inner) : 1;
      }
      return count;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the engine keeps its resources elsewhere now", e);
    }
  }
}
