// The date may stand in a sentence, if it is the only one.
Matcher date = Pattern.compile("\\d{4}-\\d{2}-\\d{2}").matcher(completion);
return date.find() && date.group().equals(answer) && !date.find();
