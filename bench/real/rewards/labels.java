// Partial credit on the way to exact-match: one of the labels that the message lists, then the right one.
@Weight(0.2)
boolean isLabel(Task task, String completion) {
  String asked = task.promptText();
  String labels = asked.substring(asked.lastIndexOf("Labels: ") + "Labels: ".length(), asked.lastIndexOf("\nMessage: "));
  return List.of(labels.split(", ")).contains(completion.strip());
}

@Weight(0.8)
boolean correct(String completion, String answer) {
  return completion.strip().equals(answer.strip());
}
