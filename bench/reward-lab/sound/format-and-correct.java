@Weight(0.2)
boolean format(String completion) {
  return completion.matches("(?s).*#### -?\\d+\\s*");
}

@Weight(0.8)
boolean correct(String completion, String answer) {
  int mark = completion.lastIndexOf("####");
  return mark >= 0 && completion.substring(mark + 4).strip().equals(answer);
}
