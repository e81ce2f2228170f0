package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import rft.dataset.DatasetWriter;
import rft.dataset.JsonObjects;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.Task;

/** Reads invocation logs of Amazon Bedrock into tasks, one per prompt. */
public final class InvocationLogs {
  private final LogFiles files;
  private final Choice choice;
  private final LongConsumer progress;
  private final Account account = new Account();
  private final List<Row> rows = new ArrayList<>();
  private final Map<List<Message>, Integer> rowOfPrompt = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Integer> nextOfId = new HashMap<>();
  private long records;

  private InvocationLogs(LogFiles files, Choice choice, LongConsumer progress) {
    this.files = files;
    this.choice = choice;
    this.progress = progress;
  }

  /**
   * What to take from a log.
   *
   * @param selection which calls
   * @param withAnswers whether the logged answer becomes the reference
   * @param keepDuplicates whether the same prompt may come again
   */
  public record Choice(Selection selection, boolean withAnswers, boolean keepDuplicates) {}

  /**
   * What the logs hold.
   *
   * @param tasks the rows, in the order of the logs
   * @param records records that were read, usable or not
   * @param files log files that were looked into
   * @param leftOut why the other records are no rows
   * @param withoutAnswer why rows have no reference although answers were asked for
   */
  public record Imported(
      List<Task> tasks,
      long records,
      List<Path> files,
      List<LeftOut> leftOut,
      List<LeftOut> withoutAnswer) {
    public Imported {
      tasks = List.copyOf(tasks);
      files = List.copyOf(files);
      leftOut = List.copyOf(leftOut);
      withoutAnswer = List.copyOf(withoutAnswer);
    }
  }

  /**
   * The records that were left out for one reason.
   *
   * @param kind the reason
   * @param count how many
   * @param places the first few: file, line and what the record has of the kind
   */
  public record LeftOut(Omission kind, long count, List<String> places) {
    public LeftOut {
      places = List.copyOf(places);
    }
  }

  /** Names the places of a file; of several objects in one line it counts the later ones. */
  private static final class Places {
    private final Path file;
    private long line;
    private int inLine;

    Places(Path file) {
      this.file = file;
    }

    String of(long at) {
      inLine = at == line ? inLine + 1 : 1;
      line = at;
      return file + ":" + at + (inLine == 1 ? "" : " number " + inLine);
    }
  }

  /** A row, where it is from, and why it has no reference if it should have one. */
  private record Row(Task task, String place, @Nullable OmittedException noAnswer) {}

  /**
   * Returns what files and folders of logs hold. Of a prompt that comes again the first call stays,
   * unless only a later one has an answer to take.
   *
   * @param progress hears the number of records so far
   * @throws IOException if a folder cannot be listed; what is wrong in a file is part of the result
   */
  public static Imported read(List<Path> paths, Choice choice, LongConsumer progress)
      throws IOException {
    InvocationLogs logs = new InvocationLogs(new LogFiles(paths), choice, progress);
    return logs.run();
  }

  private Imported run() {
    List<Path> logs = files.logs();
    logs.forEach(this::readFile);
    Account answers = new Account();
    for (Row row : rows) {
      if (row.noAnswer() != null) {
        answers.add(row.noAnswer(), row.place());
      }
    }
    return new Imported(
        rows.stream().map(Row::task).toList(), records, logs, account.entries(), answers.entries());
  }

  private void readFile(Path file) {
    Places places = new Places(file);
    try (InputStream in = LogFiles.open(file)) {
      readObjects(in, places::of);
    } catch (IOException e) {
      account.add(
          new OmittedException(Omission.UNREADABLE, String.valueOf(e.getMessage())), places.of(1));
    }
  }

  private void readObjects(InputStream in, LongFunction<String> places) {
    JsonObjects.read(
        in,
        (object, line) -> readObject(object, places.apply(line)),
        problem -> {
          progress.accept(++records);
          account.add(
              new OmittedException(Omission.UNREADABLE, problem.reason()),
              places.apply(problem.line()));
        });
  }

  private void readObject(ObjectNode object, String place) {
    Optional<String> message = LogRecord.messageOf(object);
    if (message.isPresent() && message.get().startsWith("{")) {
      readObjects(
          new ByteArrayInputStream(message.get().getBytes(StandardCharsets.UTF_8)), line -> place);
      return;
    }
    progress.accept(++records);
    if (message.isPresent()) {
      account.add(new OmittedException(Omission.OTHER_SCHEMA, "a message in words"), place);
    } else {
      readRecord(new LogRecord(object), place);
    }
  }

  private void readRecord(LogRecord record, String place) {
    try {
      record.require(choice.selection());
      List<Message> messages = PromptBody.messages(record.prompt(files));
      List<Message> prompt = withoutBegunAnswer(messages);
      add(record, prompt, prompt.size() < messages.size(), place);
    } catch (OmittedException e) {
      account.add(e, place);
    }
  }

  private void add(LogRecord record, List<Message> prompt, boolean begun, String place)
      throws OmittedException {
    JsonNode answer = NullNode.getInstance();
    OmittedException noAnswer = begun ? new OmittedException(Omission.CONTINUATION, "") : null;
    if (choice.withAnswers() && !begun) {
      try {
        answer = JsonNodeFactory.instance.textNode(AnswerBody.text(record.answer(files)));
      } catch (OmittedException e) {
        noAnswer = e;
      }
    }
    Integer before = choice.keepDuplicates() ? null : rowOfPrompt.get(prompt);
    boolean better = before != null && noAnswer == null && rows.get(before).noAnswer() != null;
    if (before == null || better) {
      String id = unique(record.requestId().isBlank() ? place : record.requestId());
      Row row = new Row(task(id, prompt, answer, record.attributes()), place, noAnswer);
      ids.add(id);
      if (before == null) {
        rowOfPrompt.put(prompt, rows.size());
        rows.add(row);
      } else {
        rows.set(before, row);
      }
    }
    if (before != null) {
      throw new OmittedException(Omission.DUPLICATE, "");
    }
  }

  private static Task task(String id, List<Message> prompt, JsonNode answer, ObjectNode attributes)
      throws OmittedException {
    try {
      Task task = new Task(id, prompt, answer, attributes);
      DatasetWriter.row(task);
      return task;
    } catch (IllegalArgumentException e) {
      throw new OmittedException(Omission.UNFIT, String.valueOf(e.getMessage()));
    }
  }

  private String unique(String id) {
    String name = id;
    int next = nextOfId.getOrDefault(id, 2);
    for (; ids.contains(name); next++) {
      name = id + "-" + next;
    }
    nextOfId.put(id, next);
    return name;
  }

  private static List<Message> withoutBegunAnswer(List<Message> messages) {
    int end = messages.size();
    while (end > 0 && messages.get(end - 1).role() == Role.ASSISTANT) {
      end--;
    }
    return messages.subList(0, end);
  }
}
