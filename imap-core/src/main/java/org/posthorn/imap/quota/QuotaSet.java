package org.posthorn.imap.quota;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.store.Quotas;

/** RFC 9208 section 4.1.3; who may set limits is the integrator's word. */
public final class QuotaSet implements ImapExtension {
  @Override
  public String name() {
    return "QUOTASET";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public List<Command> commands() {
    return List.of(new SetQuota());
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Quotas.class);
  }
}
