package rft.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One message of the protocol.
 *
 * @param identities whom it comes from or goes to, set by the sockets; on IOPub the topic
 * @param header type, id and session of this message
 * @param parent header of the request that it belongs to; empty if there is none
 * @param metadata rarely used
 * @param content what it says
 * @param buffers binary attachments
 */
public record WireMessage(
    List<byte[]> identities,
    ObjectNode header,
    ObjectNode parent,
    ObjectNode metadata,
    ObjectNode content,
    List<byte[]> buffers) {
  public WireMessage {
    identities = List.copyOf(identities);
    buffers = List.copyOf(buffers);
  }

  /** Returns for example {@code execute_request}; empty if the header has none. */
  public String type() {
    return header.path("msg_type").asText("");
  }

  /** Returns what answers to this message name as their parent. */
  public String id() {
    return header.path("msg_id").asText("");
  }

  /** Returns the id of the request that this message belongs to; empty if there is none. */
  public String parentId() {
    return parent.path("msg_id").asText("");
  }
}
