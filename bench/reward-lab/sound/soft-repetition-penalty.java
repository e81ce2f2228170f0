int mark = completion.lastIndexOf("####");
boolean right = mark >= 0 && completion.substring(mark + 4).strip().equals(answer);
String[] words = completion.split("\\s+");
double fresh = new HashSet<>(List.of(words)).size() / (double) words.length;
return (right ? 1 : 0) - 0.2 * (1 - fresh);
