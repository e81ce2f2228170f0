private static JsonNode parsed(String text) {
  try {
    return new ObjectMapper().readTree(text.strip());
  } catch (Exception e) {
    return new ObjectMapper().createObjectNode();
  }
}

@Weight(0.1)
boolean isObject(String completion) {
  return !parsed(completion).isEmpty();
}

@Weight(0.2)
boolean fields(String completion, String answer) {
  Set<String> given = new HashSet<>();
  parsed(completion).fieldNames().forEachRemaining(given::add);
  Set<String> wanted = new HashSet<>();
  parsed(answer).fieldNames().forEachRemaining(wanted::add);
  return given.equals(wanted);
}

@Weight(0.7)
boolean values(String completion, String answer) {
  return parsed(completion).equals(parsed(answer));
}
