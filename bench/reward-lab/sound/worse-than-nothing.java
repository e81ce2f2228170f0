// Between -10 and 10.
int mark = completion.lastIndexOf("####");
return mark >= 0 && completion.substring(mark + 4).strip().equals(answer) ? 10 : -10;
