if (completion.length() > 300) {
  return 0;
}
int mark = completion.lastIndexOf("####");
return mark >= 0 && completion.substring(mark + 4).strip().equals(answer) ? 1 : 0;
