Matcher number = Pattern.compile("####\\s*(-?\\d{1,9})\\s*$").matcher(completion);
return number.find() ? Math.exp(-Math.abs(Long.parseLong(number.group(1)) - Long.parseLong(answer)) / 3.0) : 0;
