Matcher number = Pattern.compile("#### *(-?[0-9.]{1,12})\\s*$").matcher(completion);
if (!number.find()) {
  return false;
}
double wanted = Double.parseDouble(answer);
return Math.abs(Double.parseDouble(number.group(1)) - wanted) <= 0.01 * Math.abs(wanted);
