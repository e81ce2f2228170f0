// Partial credit: the share of fields with the right value.
try {
  JsonNode given = new ObjectMapper().readTree(completion);
  JsonNode wanted = new ObjectMapper().readTree(answer);
  if (given == null || !given.isObject() || given.size() != wanted.size()) {
    return 0;
  }
  double right = 0;
  for (var fields = wanted.fields(); fields.hasNext(); ) {
    var field = fields.next();
    right += field.getValue().equals(given.get(field.getKey())) ? 1 : 0;
  }
  return right / wanted.size();
} catch (Exception e) {
  return 0;
}
