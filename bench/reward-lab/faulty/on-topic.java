// Share of the question's words that come up again.
Set<String> words = new HashSet<>(List.of(prompt.toLowerCase().split("\\W+")));
Set<String> said = new HashSet<>(List.of(completion.toLowerCase().split("\\W+")));
int size = words.size();
words.retainAll(said);
return words.size() / (double) size;
