// Partial credit on the way to number-match: ends in the form that was asked for, then the right number.
@Weight(0.1)
boolean form(String completion) {
  return completion.matches("[^#]*#### ?-?[\\d,]+\\.?\\s*");
}

@Weight(0.9)
boolean correct(String completion, String answer) {
  String[] halves = completion.split("####", -1);
  return halves.length == 2 && halves[1].strip().replaceAll("[,$]|\\.$", "").equals(answer);
}
