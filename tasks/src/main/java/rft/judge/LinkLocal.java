package rft.judge;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses that nothing is sent to, by whatever name: those of this link alone, where clouds keep
 * the credentials of a machine. Names are looked up before each request; what the JVM found it
 * keeps for half a minute, so that the request goes where the look-up led.
 */
public final class LinkLocal {
  /** Where clouds answer besides 169.254.0.0/16. */
  private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

  /** Looks names up. */
  @FunctionalInterface
  interface Resolver {
    /** Returns the addresses of a name. */
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private LinkLocal() {}

  /** Returns why nothing is sent to an address, in one sentence; empty if something may be. */
  public static Optional<String> refusal(URI address) {
    return refusal(address, InetAddress::getAllByName);
  }

  static Optional<String> refusal(URI address, Resolver resolver) {
    try {
      for (InetAddress target : resolver.addresses(address.getHost())) {
        if (target.isLinkLocalAddress()
            || target.isAnyLocalAddress()
            || METADATA.contains(target.getHostAddress().toLowerCase(Locale.ROOT))) {
          return Optional.of(
              address
                  + " leads to a link-local address ("
                  + target.getHostAddress()
                  + "): refused");
        }
      }
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of("the host " + address.getHost() + " is not known");
    }
  }
}
