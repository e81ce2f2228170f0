package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  private static String refusal(String name) {
    return assertThrows(IllegalArgumentException.class, () -> Devices.parse(name)).getMessage();
  }

  @Test
  void cpuIsAlwaysThere() {
    assertEquals(Device.cpu(), Devices.parse("cpu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CPU", "cuda:", "cuda:x", "cuda:-1", "cuda:99999999999"})
  void nameThatIsNoDeviceIsRefused(String name) {
    assertEquals("device \"" + name + "\" is unknown: use cpu or cuda:0", refusal(name));
  }

  @Test
  void gpuThatIsNotThereIsRefusedWithTheirNumber() {
    int count = Engine.getEngine("PyTorch").getGpuCount();
    String message = refusal("cuda:" + count);
    assertTrue(message.contains("the engine sees " + count + " GPUs"), message);
  }
}
