// 1962-1-7 is as good as 1962-01-07.
Matcher date = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})").matcher(completion.strip());
if (!date.matches()) {
  return false;
}
String[] wanted = answer.split("-");
for (int i = 0; i < 3; i++) {
  if (Integer.parseInt(date.group(i + 1)) != Integer.parseInt(wanted[i])) {
    return false;
  }
}
return true;
