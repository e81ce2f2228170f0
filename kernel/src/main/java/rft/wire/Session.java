package rft.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the headers of everything that one kernel or one client says. Safe for threads. */
public final class Session {
  /** The version of the protocol that is spoken here. */
  public static final String PROTOCOL = "5.5";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String id = UUID.randomUUID().toString();
  private final String user;
  private final AtomicLong count = new AtomicLong();

  /**
   * @param user name in the headers
   */
  public Session(String user) {
    this.user = user;
  }

  /** Returns a message that belongs to no request. */
  public WireMessage message(String type, ObjectNode content) {
    return message(List.of(), type, JSON.objectNode(), content);
  }

  /** Returns an answer that goes to whoever sent the request. */
  public WireMessage reply(WireMessage request, String type, ObjectNode content) {
    return message(request.identities(), type, request.header(), content);
  }

  /**
   * Returns a message for everybody who listens.
   *
   * @param parent header of the request that it belongs to; empty for none
   */
  public WireMessage broadcast(ObjectNode parent, String type, ObjectNode content) {
    return message(List.of(type.getBytes(StandardCharsets.UTF_8)), type, parent, content);
  }

  private WireMessage message(
      List<byte[]> identities, String type, ObjectNode parent, ObjectNode content) {
    ObjectNode header = JSON.objectNode();
    header.put("msg_id", id + "_" + count.incrementAndGet());
    header.put("session", id).put("username", user);
    header.put("date", DATE.format(Instant.now()));
    header.put("msg_type", type).put("version", PROTOCOL);
    return new WireMessage(identities, header, parent, JSON.objectNode(), content, List.of());
  }
}
