String[] given = completion.strip().split("\\s+");
String[] wanted = answer.split(" ");
int right = 0;
for (int i = 0; i < Math.min(given.length, wanted.length); i++) {
  right += given[i].equals(wanted[i]) ? 1 : 0;
}
return given.length == wanted.length && right == wanted.length ? 2 : right > 0 ? 0.5 : 0;
