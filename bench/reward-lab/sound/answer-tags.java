Matcher tags = Pattern.compile("(?s)^.*<answer>(.*?)</answer>\\s*$").matcher(completion);
return tags.matches() && tags.group(1).strip().equals(answer);
