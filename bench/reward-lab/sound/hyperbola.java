// Partial credit that falls off fast.
Matcher number = Pattern.compile("####\\s*(-?\\d{1,9})\\s*$").matcher(completion);
return number.find() ? 1 / (1.0 + Math.abs(Long.parseLong(number.group(1)) - Long.parseLong(answer))) : 0;
