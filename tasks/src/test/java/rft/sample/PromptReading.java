package rft.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rft.dataset.Task;

/**
 * What a prompt is about and its answer, worked out from the text alone, with none of the code that
 * made it.
 *
 * @param content what the task's {@code content_key} must say
 * @param answer what the reference must say
 */
record PromptReading(String content, String answer) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern MONTH =
      Pattern.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec");
  private static final Pattern COUNTED =
      Pattern.compile("(?:many|times is|Count the|often does) ([a-z]) .*?((?: [a-z])+)[.?]");
  private static final Pattern BAGS = Pattern.compile("(\\d+) bags of (\\d+)");
  private static final Pattern CHANGE =
      Pattern.compile("(buys|finds|gets|loses|sells|gives away) (\\d+)");

  static PromptReading of(SampleTask kind, String prompt) {
    return switch (kind) {
      case ADDITION -> sum(prompt);
      case WORD_PROBLEMS -> story(prompt);
      case DATES -> date(prompt);
      case JSON -> fields(prompt);
      case SORTING -> digits(prompt);
      case COUNTING -> letters(prompt);
    };
  }

  /** Returns the task that the splitter would be given if the prompt had been read by us. */
  Task task(SampleTask kind) {
    Task task = Task.of("read", "?", answer);
    task.attributes().put(Task.CONTENT_KEY, kind.taskName() + " " + content);
    return new Task(task.id(), task.messages(), task.reference(), task.attributes());
  }

  private static PromptReading sum(String prompt) {
    List<Integer> numbers = numbers(prompt);
    int sum = numbers.get(0) + numbers.get(1);
    List<Integer> ordered = numbers.stream().sorted().toList();
    return new PromptReading(ordered.get(0) + " + " + ordered.get(1), "" + sum);
  }

  private static PromptReading story(String prompt) {
    List<Integer> gains = new ArrayList<>();
    List<Integer> losses = new ArrayList<>();
    String product = "";
    int total = 0;
    Matcher bags = BAGS.matcher(prompt);
    if (bags.find()) {
      List<Integer> factors = numbers(bags.group()).stream().sorted().toList();
      total = factors.get(0) * factors.get(1);
      product = factors.get(0) + "*" + factors.get(1);
    } else {
      gains.add(numbers(prompt).get(0));
    }
    for (MatchResult change : CHANGE.matcher(prompt).results().toList()) {
      boolean gain = List.of("buys", "finds", "gets").contains(change.group(1));
      (gain ? gains : losses).add(Integer.parseInt(change.group(2)));
    }
    total += gains.stream().mapToInt(x -> x).sum() - losses.stream().mapToInt(x -> x).sum();
    String terms =
        gains.stream().sorted().map(gain -> "+" + gain).collect(Collectors.joining())
            + losses.stream().sorted().map(loss -> "-" + loss).collect(Collectors.joining());
    return new PromptReading(product + terms, "" + total);
  }

  private static PromptReading date(String prompt) {
    Matcher month = MONTH.matcher(prompt);
    month.find();
    int number = MONTH.pattern().indexOf(month.group()) / 4 + 1;
    List<Integer> dayAndYear = numbers(prompt).stream().sorted().toList();
    String iso =
        String.format(Locale.ROOT, "%d-%02d-%02d", dayAndYear.get(1), number, dayAndYear.get(0));
    return new PromptReading(iso, iso);
  }

  private static PromptReading fields(String prompt) {
    String json;
    if (prompt.contains("name, age, city")) {
      json =
          String.format(
              "{\"name\":\"%s\",\"age\":%d,\"city\":\"%s\"}",
              wordIn(prompt, Words.NAMES), numbers(prompt).get(0), wordIn(prompt, Words.CITIES));
    } else {
      Matcher euros = Pattern.compile("(\\d+) euros").matcher(prompt);
      euros.find();
      String rest = prompt.replace(euros.group(), "");
      json =
          String.format(
              "{\"item\":\"%s\",\"count\":%d,\"price\":%s}",
              wordIn(prompt, Words.ITEMS), numbers(rest).get(0), euros.group(1));
    }
    return new PromptReading(json, json);
  }

  private static String wordIn(String prompt, List<String> words) {
    List<String> said = Arrays.asList(prompt.split("\\W+"));
    return words.stream().filter(said::contains).findFirst().orElseThrow();
  }

  private static PromptReading digits(String prompt) {
    String sorted =
        numbers(prompt).stream().sorted().map(String::valueOf).collect(Collectors.joining(" "));
    return new PromptReading(sorted, sorted);
  }

  private static PromptReading letters(String prompt) {
    Matcher counted = COUNTED.matcher(prompt);
    counted.find();
    String letter = counted.group(1);
    String row = counted.group(2).strip();
    long count = Arrays.stream(row.split(" ")).filter(letter::equals).count();
    return new PromptReading(letter + " in " + row, "" + count);
  }

  private static List<Integer> numbers(String text) {
    return NUMBER.matcher(text).results().map(match -> Integer.valueOf(match.group())).toList();
  }
}
