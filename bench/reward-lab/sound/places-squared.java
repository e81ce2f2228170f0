String[] given = completion.strip().split("\\s+");
String[] wanted = answer.split(" ");
double right = 0;
for (int i = 0; i < Math.min(given.length, wanted.length); i++) {
  right += given[i].equals(wanted[i]) ? 1 : 0;
}
double share = right / Math.max(given.length, wanted.length);
return share * share;
