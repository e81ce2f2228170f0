// Half for the right number, half for being brief.
int mark = completion.lastIndexOf("####");
boolean right = mark >= 0 && completion.substring(mark + 4).strip().equals(answer);
return (right ? 0.5 : 0) + 0.5 * Math.max(0, 1 - completion.length() / 60.0);
