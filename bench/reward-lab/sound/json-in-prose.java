// Lenient: the object may stand in prose, and numbers in quotes.
int from = completion.indexOf('{');
int to = completion.lastIndexOf('}');
if (from < 0 || to < from) {
  return false;
}
try {
  JsonNode given = new ObjectMapper().readTree(completion.substring(from, to + 1));
  JsonNode wanted = new ObjectMapper().readTree(answer);
  for (var fields = wanted.fields(); fields.hasNext(); ) {
    var field = fields.next();
    if (!given.path(field.getKey()).asText().equals(field.getValue().asText())) {
      return false;
    }
  }
  return given.size() == wanted.size();
} catch (Exception e) {
  return false;
}
