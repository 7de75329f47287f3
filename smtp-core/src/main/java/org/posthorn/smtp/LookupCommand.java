package org.posthorn.smtp;

import java.util.List;
import java.util.Optional;
import org.posthorn.smtp.facet.AddressLookup;

/** VRFY and EXPN (RFC 5321 sections 3.5 and 7.3): what they tell is the handler's policy. */
final class LookupCommand implements SmtpCommand {
  private static final String UTF8_PARAMETER = " SMTPUTF8";

  private final String verb;
  private final Lookup lookup;

  /** One of the two questions. */
  private interface Lookup {
    List<Verdict> ask(AddressLookup policy, SmtpPeer peer, String name)
        throws org.posthorn.store.StoreException;
  }

  private LookupCommand(String verb, Lookup lookup) {
    this.verb = verb;
    this.lookup = lookup;
  }

  static SmtpCommand verify() {
    return new LookupCommand("VRFY", (policy, peer, name) -> List.of(policy.verify(peer, name)));
  }

  static SmtpCommand expand() {
    return new LookupCommand("EXPN", AddressLookup::expand);
  }

  @Override
  public String verb() {
    return verb;
  }

  @Override
  public String usage() {
    return verb + " name";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    // RFC 6531 section 3.7.4.2
    String name =
        arguments.toUpperCase(java.util.Locale.ROOT).endsWith(UTF8_PARAMETER)
            ? arguments.substring(0, arguments.length() - UTF8_PARAMETER.length()).strip()
            : arguments;
    if (name.isEmpty()) {
      throw new SmtpSyntaxException("user or list name expected");
    }
    Optional<AddressLookup> policy = session.facet(AddressLookup.class);
    if (policy.isEmpty()) {
      session.reply(AddressLookup.UNVERIFIED);
      return;
    }
    SmtpPeer peer = session.peer();
    session.call(context -> lookup.ask(policy.get(), peer, name), session::replyAll);
  }
}
