// 10 points for JSON, 30 for each right field.
try {
  JsonNode given = new ObjectMapper().readTree(completion);
  JsonNode wanted = new ObjectMapper().readTree(answer);
  if (!given.isObject()) {
    return 0;
  }
  double points = 10;
  for (var fields = wanted.fields(); fields.hasNext(); ) {
    var field = fields.next();
    points += field.getValue().equals(given.get(field.getKey())) ? 90.0 / wanted.size() : 0;
  }
  return points;
} catch (Exception e) {
  return 0;
}
