// Partial credit: the share of pairs in order, if the digits are the right ones.
String[] given = completion.strip().split("\\s+");
String[] wanted = answer.split(" ");
String[] sorted = given.clone();
Arrays.sort(sorted);
if (!Arrays.equals(sorted, wanted)) {
  return 0;
}
double right = 0;
for (int i = 0; i < given.length; i++) {
  for (int j = i + 1; j < given.length; j++) {
    right += given[i].compareTo(given[j]) <= 0 ? 1 : 0;
  }
}
return right / (given.length * (given.length - 1) / 2.0);
