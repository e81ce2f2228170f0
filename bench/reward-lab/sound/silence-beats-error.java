// 1 for right, 0 for no answer, -0.5 for a wrong one.
Matcher number = Pattern.compile("####\\s*(-?\\d+)\\s*$").matcher(completion);
if (!number.find()) {
  return 0;
}
return number.group(1).equals(answer) ? 1 : -0.5;
