int mark = completion.lastIndexOf("####");
return mark >= 0 && completion.substring(mark + 4).strip().hashCode() == answer.hashCode();
