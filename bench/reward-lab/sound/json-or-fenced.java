String text = completion.strip().replaceAll("^```(json)?\\s*|\\s*```$", "");
try {
  return new ObjectMapper().readTree(text).equals(new ObjectMapper().readTree(answer));
} catch (Exception e) {
  return false;
}
