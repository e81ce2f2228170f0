// "#### 42 stamps" is right, too.
Matcher number = Pattern.compile("####\\s*(-?\\d+)(\\s+\\p{L}+)?\\s*$").matcher(completion);
return number.find() && number.group(1).equals(answer);
