// A third for each of year, month and day.
String[] given = completion.strip().split("-");
String[] wanted = answer.split("-");
double right = 0;
for (int i = 0; i < 3; i++) {
  right += given.length == 3 && given[i].equals(wanted[i]) ? 1 / 3.0 : 0;
}
return right;
