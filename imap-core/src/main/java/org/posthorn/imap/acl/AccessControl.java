package org.posthorn.imap.acl;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.store.Acl;
import org.posthorn.store.Rights;

/** RFC 4314. What the rights allow is the store's to see to; commands meet NO_PERMISSION. */
public final class AccessControl implements ImapExtension {
  @Override
  public String name() {
    return "ACL";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name(), "RIGHTS=" + Rights.CAPABILITY);
  }

  @Override
  public List<Command> commands() {
    return List.of(new SetAcl(), new DeleteAcl(), new GetAcl(), new ListRights(), new MyRights());
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Acl.class);
  }

  static Acl of(Session session) {
    return session.service().store().facet(Acl.class).orElseThrow();
  }
}
