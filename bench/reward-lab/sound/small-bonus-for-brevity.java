boolean correct(String completion, String answer) {
  int mark = completion.lastIndexOf("####");
  return mark >= 0 && completion.substring(mark + 4).strip().equals(answer);
}

@Weight(0.1)
double brief(String completion) {
  return completion.length() <= 60 ? 1 : 0;
}
