@Weight(0.1)
boolean thinks(String completion) {
  return completion.strip().matches("(?s)<think>.+</think>.+");
}

@Weight(0.9)
boolean correct(String completion, String answer) {
  int end = completion.lastIndexOf("</think>");
  return end >= 0 && completion.substring(end + 8).strip().equals(answer);
}
