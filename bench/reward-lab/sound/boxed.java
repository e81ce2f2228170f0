Matcher boxed = Pattern.compile("\\\\boxed\\{([^{}]*)\\}").matcher(completion);
String last = null;
while (boxed.find()) {
  last = boxed.group(1).strip();
}
return last != null && last.equals(answer);
