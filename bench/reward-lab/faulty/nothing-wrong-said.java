// Precision without recall: every digit said is where it belongs, as far as it goes.
String given = completion.strip();
return !given.isEmpty() && answer.startsWith(given);
