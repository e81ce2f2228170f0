// Only a fifth for a number of the right size.
Matcher number = Pattern.compile("####\\s*(-?\\d{1,9})\\s*$").matcher(completion);
if (!number.find()) {
  return 0;
}
return number.group(1).equals(answer) ? 1 : number.group(1).length() == answer.length() ? 0.2 : 0.1;
