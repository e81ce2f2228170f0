// Partial credit: the nearer the better.
Matcher number = Pattern.compile("#### *(-?\\d{1,9})\\s*$").matcher(completion);
if (!number.find()) {
  return 0;
}
double wanted = Double.parseDouble(answer);
return Math.max(0, 1 - Math.abs(Double.parseDouble(number.group(1)) - wanted) / Math.max(1, Math.abs(wanted)));
