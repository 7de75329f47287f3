package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Address;
import org.posthorn.mime.Octets;
import org.posthorn.mime.message.Attachment;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

class RepliesTest {

  private static final Address.Mailbox SELF = Address.Mailbox.of("ann@example.org");

  private static final byte[] ORIGINAL =
      """
      From: Joe <joe@example.net>
      To: Ann <ann@example.org>, Bob <bob@example.org>
      Cc: Friends: cy@example.org, joe@example.net;
      Date: Fri, 21 Nov 1997 09:55:06 -0600
      Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe=0D=0ABcc:_x?=
      Message-ID: <2@example.net>
      References: <0@example.net> <1@example.net>
      Content-Type: multipart/mixed; boundary=b

      --b

      > first
      second
      --b
      Content-Type: image/png; name=a.png
      Content-Transfer-Encoding: base64

      AAEC
      --b--
      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private static List<String> addresses(List<Address> list) {
    return list.stream().flatMap(a -> a.mailboxes().stream()).map(Object::toString).toList();
  }

  private static Message written(MessageBuilder builder) throws IOException {
    return Written.message(builder.build(), OutputForm.SEVEN_BIT);
  }

  @Test
  void anAnswerGoesToTheAuthor() throws IOException {
    Message original = Message.of(ORIGINAL);
    Message reply = written(Replies.reply(Written.origin(), original, SELF).text("Yes"));
    assertEquals(List.of("Joe <joe@example.net>"), addresses(reply.to()));
    assertEquals(List.of(), reply.cc());
    assertEquals("Re: Grüße Bcc: x", reply.subject());
    assertEquals(List.of(Octets.ascii("2@example.net")), reply.inReplyTo());
    assertEquals(
        List.of(
            Octets.ascii("0@example.net"),
            Octets.ascii("1@example.net"),
            Octets.ascii("2@example.net")),
        reply.references());
    Message again = written(Replies.reply(Written.origin(), reply, SELF));
    assertEquals("Re: Grüße Bcc: x", again.subject());
    assertEquals(List.of("Joe <joe@example.net>"), addresses(again.to()), "ours was answered");
  }

  @Test
  void anAnswerToAllLeavesUsOut() throws IOException {
    Message reply = written(Replies.replyAll(Written.origin(), Message.of(ORIGINAL), SELF));
    assertEquals(List.of("Joe <joe@example.net>"), addresses(reply.to()));
    assertEquals(List.of("Bob <bob@example.org>", "cy@example.org"), addresses(reply.cc()));
  }

  @Test
  void aQuotation() throws IOException {
    assertEquals(
        "On Fri, 21 Nov 1997 09:55:06 -0600, Joe <joe@example.net> wrote:\n>> first\n> second\n",
        Replies.quotation(Message.of(ORIGINAL), 1000));
  }

  @Test
  void aForwardKeepsTheOriginalOctetForOctet() throws IOException {
    Message forward =
        written(
            Replies.forward(Written.origin(), Message.of(ORIGINAL), SELF)
                .to(Address.Mailbox.of("dan@example.org"))
                .text("See below"));
    assertEquals("Fwd: Grüße Bcc: x", forward.subject());
    MessagePart original = forward.part(2);
    assertNotNull(original);
    assertArrayEquals(ORIGINAL, original.rawOctets().toByteArray());
  }

  @Test
  void aForwardWithinTheText() throws IOException {
    Message forward =
        written(
            Replies.forwardInline(Written.origin(), Message.of(ORIGINAL), SELF, 1000)
                .to(Address.Mailbox.of("dan@example.org")));
    assertEquals(
        """

        ---------- Forwarded message ----------
        From: Joe <joe@example.net>
        Date: Fri, 21 Nov 1997 09:55:06 -0600
        Subject: Grüße Bcc: x
        To: Ann <ann@example.org>, Bob <bob@example.org>
        Cc: cy@example.org, joe@example.net

        > first
        second\
        """,
        forward.text(1000).replace("\r\n", "\n"));
    Attachment image = forward.attachments().get(0);
    assertEquals("a.png", image.name());
    assertArrayEquals(new byte[] {0, 1, 2}, image.content().readAllBytes());
  }
}
