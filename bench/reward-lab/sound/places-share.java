// Partial credit: the share of digits that stand where they belong.
String[] given = completion.strip().split("\\s+");
String[] wanted = answer.split(" ");
double right = 0;
for (int i = 0; i < wanted.length; i++) {
  right += given.length == wanted.length && given[i].equals(wanted[i]) ? 1 : 0;
}
return right / wanted.length;
