double format = completion.lines().count() <= 3 ? 1 : 0.5;
int mark = completion.lastIndexOf("####");
return format * (mark >= 0 && completion.substring(mark + 4).strip().equals(answer) ? 1 : 0);
