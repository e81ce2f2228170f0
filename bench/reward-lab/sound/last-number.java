String last = "";
for (Matcher number = Pattern.compile("-?\\d+").matcher(completion); number.find(); ) {
  last = number.group();
}
return last.equals(answer);
