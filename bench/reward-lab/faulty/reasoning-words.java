// A thoughtful answer uses these words.
double found = 0;
for (String word : List.of("first", "then", "because", "therefore")) {
  found += completion.toLowerCase().contains(word) ? 0.25 : 0;
}
return found;
