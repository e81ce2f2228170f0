Matcher number = Pattern.compile("#### *-?(\\d+)\\s*$").matcher(completion);
return number.find() && number.group(1).equals(answer);
