// Exactly one number, and it is the right one.
List<String> numbers = Pattern.compile("-?\\d+").matcher(completion).results().map(MatchResult::group).toList();
return numbers.size() == 1 && numbers.get(0).equals(answer);
