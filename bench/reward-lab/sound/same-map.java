// Compared as maps: the order of fields is free.
try {
  Map<?, ?> given = new ObjectMapper().readValue(completion, Map.class);
  return given.equals(new ObjectMapper().readValue(answer, Map.class));
} catch (Exception e) {
  return false;
}
