// Recall without precision: each value comes up somewhere.
try {
  JsonNode wanted = new ObjectMapper().readTree(answer);
  double found = 0;
  for (JsonNode value : wanted) {
    found += completion.contains(value.asText()) ? 1 : 0;
  }
  return found / wanted.size();
} catch (Exception e) {
  return 0;
}
