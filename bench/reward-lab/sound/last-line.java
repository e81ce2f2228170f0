String last = "";
for (String line : completion.split("\n")) {
  last = line.isBlank() ? last : line.strip();
}
return last.replace("####", "").strip().equals(answer);
