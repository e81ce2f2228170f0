Matcher number = Pattern.compile("####\\s*(-?\\d+)\\s*$").matcher(completion);
if (!number.find()) {
  return new Abstain("no number after ####");
}
return Score.of(number.group(1).equals(answer) ? 1 : 0);
