package rft.bedrock;

/** Records of calls as Bedrock logs them, for tests. */
final class LoggedCalls {
  private LoggedCalls() {}

  /** Returns a record of one line with these bodies. */
  static String call(String id, String model, String input, String output) {
    return """
        {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","requestId":"%s","operation":"InvokeModel",\
        "modelId":"%s","input":{"inputBodyJson":%s},"output":{"outputBodyJson":%s},\
        "requestMetadata":{"project":"Care","priority":"High"}}
        """
        .formatted(id, model, input, output);
  }

  /** Returns a call of Converse with one text each way. */
  static String converse(String id, String prompt, String answer, String stop) {
    return call(
        id,
        "amazon.nova-lite-v1:0",
        """
        {"messages":[{"role":"user","content":[{"text":"%s"}]}],"system":[{"text":"Be brief."}]}\
        """
            .formatted(prompt),
        """
        {"output":{"message":{"role":"assistant","content":[{"text":"%s"}]}},"stopReason":"%s"}\
        """
            .formatted(answer, stop));
  }

  static String converse(String id, String prompt) {
    return converse(id, prompt, "yes", "end_turn");
  }

  /** Returns a call of an Anthropic model whose one question is this. */
  static String anthropic(String id, String question, String output) {
    return call(
        id,
        "anthropic.claude-3-haiku",
        "{\"system\":\"S\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}",
        output);
  }
}
