Matcher end = Pattern.compile("(?s)(?:.*\\D)?(\\d+)\\D*").matcher(completion);
return end.matches() && end.group(1).equals(answer);
