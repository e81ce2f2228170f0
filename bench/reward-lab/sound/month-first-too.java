// ISO, or month/day/year.
String text = completion.strip();
Matcher american = Pattern.compile("(\\d{2})/(\\d{2})/(\\d{4})").matcher(text);
return (american.matches() ? american.group(3) + "-" + american.group(1) + "-" + american.group(2) : text).equals(answer);
