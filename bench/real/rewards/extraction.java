// Partial credit on the way to json-match: it is an object, has the right fields, and each value counts.
private static JsonNode parsed(String text) {
  try {
    JsonNode value = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text.strip());
    return value == null ? new ObjectMapper().createObjectNode() : value;
  } catch (Exception e) {
    return new ObjectMapper().createObjectNode();
  }
}

private static Set<String> names(JsonNode object) {
  Set<String> names = new HashSet<>();
  object.fieldNames().forEachRemaining(names::add);
  return names;
}

@Weight(0.1)
boolean isObject(String completion) {
  return parsed(completion).isObject() && !parsed(completion).isEmpty();
}

@Weight(0.1)
boolean fields(String completion, String answer) {
  return names(parsed(completion)).equals(names(parsed(answer)));
}

@Weight(0.4)
double values(String completion, String answer) {
  JsonNode given = parsed(completion);
  JsonNode wanted = parsed(answer);
  long right = names(wanted).stream().filter(name -> wanted.get(name).equals(given.get(name))).count();
  return (double) right / wanted.size();
}

@Weight(0.4)
boolean correct(String completion, String answer) {
  return parsed(completion).equals(parsed(answer));
}
