// The same digits, none lost.
char[] given = completion.replaceAll("\\D", "").toCharArray();
char[] wanted = answer.replaceAll("\\D", "").toCharArray();
Arrays.sort(given);
Arrays.sort(wanted);
return Arrays.equals(given, wanted);
