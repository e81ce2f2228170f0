// Fuzzy: 80 % of the characters agree.
String given = completion.strip();
int same = 0;
for (int i = 0; i < Math.min(given.length(), answer.length()); i++) {
  same += given.charAt(i) == answer.charAt(i) ? 1 : 0;
}
return same >= 0.8 * Math.max(given.length(), answer.length());
