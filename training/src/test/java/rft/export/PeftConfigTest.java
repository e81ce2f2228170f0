package rft.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.policy.AdapterShape;

final class PeftConfigTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void whatIsWrittenReadsBackWithTheTargetsInTheOrderOfALayer() throws IOException {
    for (double alpha : new double[] {6, 0.5, 1e12}) {
      AdapterShape shape = new AdapterShape(2, alpha, List.of("down_proj", "q_proj"));
      PeftConfig read = read(PeftConfig.toJson(shape, "models/tiny").toString());
      assertEquals(
          new PeftConfig(new AdapterShape(2, alpha, List.of("q_proj", "down_proj")), "models/tiny"),
          read);
    }
  }

  @Test
  void absentSettingsHaveTheDefaultsOfPeft() throws IOException {
    PeftConfig read = read("{\"peft_type\":\"LORA\",\"target_modules\":[\"v_proj\"]}");
    assertEquals(new PeftConfig(new AdapterShape(8, 8, List.of("v_proj")), null), read);
    assertThrows(IllegalArgumentException.class, () -> read("{\"peft_type\":\"LORA\"}"));
    assertThrows(IllegalArgumentException.class, () -> read("{\"target_modules\":[\"v_proj\"]}"));
  }

  @Test
  void optionsThatWouldComputeOtherwiseAreRefused() throws IOException {
    assertRefused(
        "\"use_dora\":true", "the option \"use_dora\" is set; only plain LoRA is supported");
    assertRefused("\"use_rslora\":true", "\"use_rslora\"");
    assertRefused("\"fan_in_fan_out\":true", "\"fan_in_fan_out\"");
    assertRefused("\"lora_bias\":true", "\"lora_bias\"");
    assertRefused("\"rank_pattern\":{\"q_proj\":4}", "\"rank_pattern\"");
    assertRefused("\"modules_to_save\":[\"lm_head\"]", "\"modules_to_save\"");
    assertRefused("\"layers_to_transform\":3", "\"layers_to_transform\"");
    assertRefused("\"option_of_tomorrow\":\"on\"", "\"option_of_tomorrow\"");
    assertRefused("\"bias\":\"all\"", "\"bias\" is all; only none is supported");
    assertRefused(
        "\"task_type\":\"SEQ_CLS\"", "\"task_type\" is SEQ_CLS; only CAUSAL_LM is supported");
    assertRefused("\"peft_type\":\"IA3\"", "\"peft_type\" is IA3; only LORA is supported");
    assertRefused("\"init_lora_weights\":\"pissa_niter_4\"", "which changes the base weights");
    assertRefused("\"target_modules\":\"all-linear\"", "must be a list of projections");
    assertRefused(
        "\"target_modules\":[\"q_proj\",\"embed_tokens\"]",
        "names something that is no projection");
    assertRefused("\"target_modules\":[]", "needs at least one target");
    assertRefused("\"r\":0", "adapter rank (0) must be at least 1");
    assertRefused("\"r\":\"8\"", "\"r\" must be a whole number");
    assertRefused("\"lora_alpha\":-1", "adapter alpha (-1.0) must be a positive number");
  }

  @Test
  void optionsThatAreOffOrHarmlessAreAccepted() throws IOException {
    for (String option :
        List.of(
            "\"use_dora\":null",
            "\"use_rslora\":false",
            "\"rank_pattern\":{}",
            "\"modules_to_save\":[]",
            "\"peft_version\":\"9\"",
            "\"init_lora_weights\":\"gaussian\"",
            "\"lora_dropout\":0.1")) {
      assertEquals(
          4,
          read("{\"peft_type\":\"LORA\",\"r\":4,\"target_modules\":[\"q_proj\"]," + option + "}")
              .shape()
              .rank());
    }
  }

  private PeftConfig read(String json) throws IOException {
    return PeftConfig.read(Files.writeString(folder.resolve("adapter_config.json"), json));
  }

  private void assertRefused(String setting, String part) throws IOException {
    ObjectNode config = PeftConfig.toJson(new AdapterShape(2, 6, List.of("q_proj")), "m");
    config.setAll((ObjectNode) JSON.readTree("{" + setting + "}"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> read(config.toString())).getMessage();
    assertEquals(0, message.lastIndexOf(folder.resolve("adapter_config.json").toString()), message);
    assertTrue(message.contains(part), message);
  }
}
