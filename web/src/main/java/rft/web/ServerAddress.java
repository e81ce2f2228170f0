package rft.web;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a server listens and how it may be called.
 *
 * @param host name or number of the address; only this machine can reach a loopback one
 * @param port 0 for any free one
 * @param ports how many to try, from that one on, while others are taken
 * @param names further hosts that a request may name, for example those of a proxy before it; with
 *     a port of their own, or else with ours
 * @param iKnow whether the user said to know what it means that other machines can reach it without
 *     TLS
 */
public record ServerAddress(String host, int port, int ports, List<String> names, boolean iKnow) {
  /** The address that only this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Connections that may wait to be taken; with fewer, some of a burst of clients are refused. */
  private static final int BACKLOG = 1_024;

  private static final int MOST_PORT = 65_535;
  private static final String NAME = "[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}\\]";

  public ServerAddress {
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException("port (" + port + ") must be from 0 to " + MOST_PORT);
    }
    if (ports < 1) {
      throw new IllegalArgumentException("ports (" + ports + ") must be at least 1");
    }
    names = List.copyOf(names);
    for (String name : names) {
      if (!name.matches("(" + NAME + ")(:[0-9]{1,5})?")) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is no host; give it as example.org or example.org:8443");
      }
    }
    if (!iKnow && !address(host).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "other machines reach "
              + host
              + " and nothing is encrypted on the way; better leave it on "
              + LOOPBACK
              + " behind ssh -L or a proxy with TLS, or say --i-know");
    }
  }

  /** Returns the loopback address with a port; 0 for any free one. */
  public static ServerAddress loopback(int port) {
    return new ServerAddress(LOOPBACK, port, 1, List.of(), false);
  }

  /**
   * Returns a socket that listens here.
   *
   * @throws IOException if every port to try is taken, or the address is not one of this machine
   */
  ServerSocketChannel listen() throws IOException {
    int last = port == 0 ? 0 : Math.min(port + ports - 1, MOST_PORT);
    for (int candidate = port; ; candidate++) {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        return channel.bind(new InetSocketAddress(address(host), candidate), BACKLOG);
      } catch (BindException e) {
        channel.close();
        if (candidate >= last) {
          BindException refusal = new BindException(refusal(last, String.valueOf(e.getMessage())));
          refusal.initCause(e);
          throw refusal;
        }
      }
    }
  }

  private String refusal(int last, String why) {
    if (why.contains("in use")) {
      return (last == port ? "port " + port + " is" : "ports " + port + " to " + last + " are")
          + " taken: give another with --port, or leave it to any that is free";
    }
    return "cannot listen on %s, port %d (%s): give another with --host or --port"
        .formatted(host, port, why);
  }

  /** Returns what a {@code Host} header may say for a server that listens on a port. */
  Set<String> authorities(int listening) throws IOException {
    Set<String> hosts = new TreeSet<>(List.of("localhost", LOOPBACK, "[::1]"));
    InetAddress own = address(host);
    if (own.isAnyLocalAddress()) {
      for (NetworkInterface face : NetworkInterface.networkInterfaces().toList()) {
        face.inetAddresses().map(ServerAddress::text).forEach(hosts::add);
      }
    } else {
      hosts.add(text(own));
    }
    Set<String> authorities = new TreeSet<>();
    hosts.addAll(names);
    for (String one : hosts) {
      boolean hasPort = one.matches(".*:[0-9]{1,5}") && !one.endsWith("]");
      authorities.add(hasPort ? lower(one) : lower(one) + ":" + listening);
      if (!hasPort && listening == 80) {
        authorities.add(lower(one));
      }
    }
    return authorities;
  }

  /** Returns the address to type into a browser of this machine. */
  String url(int listening) {
    InetAddress own = address(host);
    return "http://" + (own.isAnyLocalAddress() ? LOOPBACK : text(own)) + ":" + listening;
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[" + plain + "]" : plain;
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no machine is called " + host, e);
    }
  }
}
