// All fields are there.
try {
  JsonNode given = new ObjectMapper().readTree(completion);
  JsonNode wanted = new ObjectMapper().readTree(answer);
  for (var names = wanted.fieldNames(); names.hasNext(); ) {
    if (!given.has(names.next())) {
      return false;
    }
  }
  return true;
} catch (Exception e) {
  return false;
}
