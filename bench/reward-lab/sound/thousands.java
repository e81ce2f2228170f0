Matcher number = Pattern.compile("####\\s*([0-9,]+)\\s*$").matcher(completion);
return number.find() && number.group(1).replace(",", "").equals(answer);
