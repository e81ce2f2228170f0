package rft.dataset;

import java.util.Locale;
import java.util.Optional;

/** Who speaks in a {@link Message}, as in the chat-completions format. */
public enum Role {
  SYSTEM,
  USER,
  ASSISTANT,
  TOOL;

  /** Returns the name used in JSON and in chat templates, for example {@code assistant}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role with this JSON name, or empty if there is none. */
  public static Optional<Role> ofJsonName(String name) {
    for (Role role : values()) {
      if (role.jsonName().equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
