package rft.lambda;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import rft.reward.CompileProblem;
import rft.reward.GroupReward;
import rft.reward.RewardCompileException;
import rft.reward.RewardLanguage;

/**
 * Rewards that are elsewhere and answer events of the contract: an address of HTTP, or {@code
 * command:} with a program of the user's own and its arguments.
 *
 * <p>A command runs as the user, with no sandbox: it is trusted as any program that is typed into a
 * shell. What is sent to another machine are prompts, completions and references; a host must
 * therefore be named in the environment's {@value #HOSTS} first. A service's token comes from
 * {@value #TOKEN} and is never stored.
 */
public final class RemoteLanguage implements RewardLanguage {
  /** Names the token that requests show. */
  public static final String TOKEN = "RFT_REWARD_TOKEN";

  /** Names the hosts besides this machine that prompts and completions may be sent to. */
  public static final String HOSTS = "RFT_REWARD_HOSTS";

  static final String COMMAND = "command:";

  private final Map<String, String> environment;

  /** Uses this process's environment. */
  public RemoteLanguage() {
    this(System.getenv());
  }

  RemoteLanguage(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "remote";
  }

  @Override
  public List<String> fileEndings() {
    return List.of();
  }

  @Override
  public List<String> addresses() {
    return List.of("http://", "https://", COMMAND);
  }

  @Override
  public void check(String name, String source) {
    try {
      if (source.startsWith(COMMAND)) {
        CommandWire.words(source.substring(COMMAND.length()));
      } else {
        permitted(RemoteAddress.parse(source));
      }
    } catch (IllegalArgumentException e) {
      throw new RewardCompileException(
          name, List.of(new CompileProblem(1, 1, String.valueOf(e.getMessage()))));
    }
  }

  @Override
  public GroupReward load(String name, String source) {
    if (source.startsWith(COMMAND)) {
      List<String> words = CommandWire.words(source.substring(COMMAND.length()));
      return new LambdaReward(new CommandWire(words), EventShape.STANDARD);
    }
    RemoteAddress address = permitted(RemoteAddress.parse(source));
    Optional<String> token =
        Optional.ofNullable(environment.get(TOKEN)).filter(text -> !text.isBlank());
    return new RemoteReward(new HttpWire(address, token), address.batch(), address.parallel());
  }

  /**
   * Returns the address.
   *
   * @throws IllegalArgumentException if it is on another machine that was not named
   */
  private RemoteAddress permitted(RemoteAddress address) {
    String host = address.uri().getHost().toLowerCase(Locale.ROOT);
    List<String> named =
        Arrays.asList(
            environment.getOrDefault(HOSTS, "").toLowerCase(Locale.ROOT).split("[,\\s]+"));
    if (!address.isLoopback() && !named.contains(host)) {
      throw new IllegalArgumentException(
          "prompts, completions and references would leave this machine for "
              + host
              + "; to allow it set "
              + HOSTS
              + "="
              + host);
    }
    if (!address.isLoopback()
        && environment.containsKey(TOKEN)
        && "http".equalsIgnoreCase(address.uri().getScheme())) {
      throw new IllegalArgumentException(
          "the token of " + TOKEN + " would be sent to " + host + " in clear text: use https");
    }
    return address;
  }
}
