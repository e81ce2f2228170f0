package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Message;
import rft.reward.Failure;

/** Nothing is sent to where a cloud keeps the credentials of its machines. */
final class LinkLocalTest {
  private static final ChatRequest QUESTION =
      new ChatRequest(List.of(Message.user("Which is better?")), Map.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/v1",
        "http://169.254.1.2/v1",
        "http://[::ffff:169.254.169.254]/v1",
        "http://[::ffff:a9fe:a9fe]/v1",
        "http://[fe80::1]/v1",
        "http://[fd00:ec2::254]/v1",
        "http://100.100.100.200/v1",
        "http://0.0.0.0/v1",
        "http://[::]/v1"
      })
  void isRefusedHoweverItIsWritten(String address) {
    String refusal = LinkLocal.refusal(URI.create(address)).orElse("");
    assertTrue(refusal.startsWith(address + " leads to a link-local address"), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/v1", "https://192.0.2.1/v1", "http://[::1]:1/v1"})
  void otherAddressesAreFine(String address) {
    assertEquals(Optional.empty(), LinkLocal.refusal(URI.create(address)));
  }

  @Test
  void aNameIsRefusedForAnyOfItsAddresses() throws Exception {
    InetAddress fine = InetAddress.getByName("192.0.2.1");
    InetAddress metadata = InetAddress.getByName("169.254.169.254");
    URI address = URI.create("https://judge.example/v1");
    LinkLocal.Resolver both = host -> new InetAddress[] {fine, metadata};
    assertTrue(LinkLocal.refusal(address, both).orElse("").contains("(169.254.169.254)"));
    LinkLocal.Resolver one = host -> new InetAddress[] {fine};
    assertEquals(Optional.empty(), LinkLocal.refusal(address, one));
    LinkLocal.Resolver none =
        host -> {
          throw new UnknownHostException(host);
        };
    assertEquals(
        Optional.of("the host judge.example is not known"), LinkLocal.refusal(address, none));
  }

  @Test
  void aJudgeThereIsNotAsked() {
    ChatEndpoint there = ChatEndpoint.of("http://[::ffff:169.254.169.254]/v1", "judge", null);
    ChatException refused =
        assertThrows(ChatException.class, () -> new HttpChatModel(there).ask(QUESTION));
    assertEquals(Failure.Kind.SERVICE, refused.kind());
    assertTrue(String.valueOf(refused.getMessage()).contains("link-local"), refused.getMessage());
  }
}
