package rft.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.Message;
import rft.dataset.Role;

/**
 * Takes a prompt apart that was written with a model's chat markup: Llama 2 and Mistral ({@code
 * [INST]}), Llama 3 and 4 and ChatML (headers), Anthropic's text completions ({@code Human:}).
 * Whatever is not plain markup is one message of the user.
 */
final class ChatMarkup {
  private static final Pattern HEADER =
      Pattern.compile(
          "<\\|(?:start_header_id|header_start)\\|>\\s*(\\w+)\\s*<\\|(?:end_header_id|header_end)\\|>"
              + "|<\\|im_start\\|>(\\w+)[ ]*\\n");
  private static final Pattern END = Pattern.compile("<\\|(?:eot_id|eot|eom_id|im_end)\\|>\\s*$");
  private static final Set<String> STARTS = Set.of("", "<s>", "<|begin_of_text|>");
  private static final Pattern SYS =
      Pattern.compile("\\s*<<SYS>>(.*?)<</SYS>>(.*)", Pattern.DOTALL);
  private static final Pattern SPECIAL =
      Pattern.compile("<\\|\\w+\\|>|\\[/?INST\\]|<</?SYS>>|</?s>");
  private static final Pattern TURN = Pattern.compile("(?:^|\\n\\n)(Human|Assistant):");

  private ChatMarkup() {}

  /**
   * Returns the messages of a prompt, the begun answer of the assistant last if there is one.
   *
   * @param humanTurns whether {@code Human:} and {@code Assistant:} are markup
   */
  static List<Message> messages(String prompt, boolean humanTurns) {
    List<Message> messages = new ArrayList<>();
    boolean plain =
        HEADER.matcher(prompt).find()
            ? headers(prompt, messages)
            : prompt.contains("[INST]")
                ? instructions(prompt, messages)
                : humanTurns && turns(prompt, messages);
    if (!plain || messages.stream().noneMatch(m -> m.role() == Role.USER)) {
      return List.of(Message.user(prompt));
    }
    return messages;
  }

  private static boolean headers(String prompt, List<Message> messages) {
    Matcher header = HEADER.matcher(prompt);
    boolean found = header.find();
    if (!STARTS.contains(prompt.substring(0, header.start()).strip())) {
      return false;
    }
    while (found) {
      String name = header.group(1) == null ? header.group(2) : header.group(1);
      int from = header.end();
      found = header.find();
      String text = prompt.substring(from, found ? header.start() : prompt.length());
      Optional<Role> role = name.equals("ipython") ? Optional.of(Role.TOOL) : Role.ofJsonName(name);
      if (role.isEmpty()
          || !add(messages, role.get(), END.matcher(text).replaceFirst(""), !found)) {
        return false;
      }
    }
    return true;
  }

  private static boolean instructions(String prompt, List<Message> messages) {
    String[] turns = prompt.split("\\[INST\\]", -1);
    boolean plain = STARTS.contains(turns[0].strip());
    for (int i = 1; plain && i < turns.length; i++) {
      String[] sides = turns[i].split("\\[/INST\\]", -1);
      Matcher system = SYS.matcher(sides[0]);
      String asked = sides[0];
      if (i == 1 && system.matches()) {
        messages.add(Message.system(system.group(1).strip()));
        asked = system.group(2);
      }
      plain =
          sides.length == 2
              && add(messages, Role.USER, asked, false)
              && add(
                  messages,
                  Role.ASSISTANT,
                  sides[1].replace("</s>", "").replace("<s>", ""),
                  i == turns.length - 1);
    }
    return plain;
  }

  private static boolean turns(String prompt, List<Message> messages) {
    Matcher turn = TURN.matcher(prompt);
    boolean found = turn.find();
    if (found && !prompt.substring(0, turn.start()).isBlank()) {
      messages.add(Message.system(prompt.substring(0, turn.start()).strip()));
    }
    while (found) {
      Role role = turn.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
      int from = turn.end();
      found = turn.find();
      String text = prompt.substring(from, found ? turn.start() : prompt.length());
      if (!add(messages, role, text, !found)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the text is one a message can have; an empty answer at the end is none. */
  private static boolean add(List<Message> messages, Role role, String text, boolean last) {
    String said = text.strip();
    if (said.isEmpty()) {
      return last && role == Role.ASSISTANT;
    }
    messages.add(new Message(role, said));
    return !SPECIAL.matcher(said).find();
  }
}
