// As far as it is right from the left.
String[] given = completion.strip().split("\\s+");
String[] wanted = answer.split(" ");
int right = 0;
while (right < Math.min(given.length, wanted.length) && given[right].equals(wanted[right])) {
  right++;
}
return given.length > wanted.length ? 0 : right / (double) wanted.length;
