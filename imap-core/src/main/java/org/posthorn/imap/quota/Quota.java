package org.posthorn.imap.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.StatusAttribute;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.Quotas;
import org.posthorn.store.StatusItem;

/** RFC 9208 without SETQUOTA: what quotas there are, and what is used of them. */
public final class Quota implements ImapExtension {
  @Override
  public String name() {
    return "QUOTA";
  }

  @Override
  public List<String> capabilities(Session session) {
    List<String> capabilities = new ArrayList<>(List.of(name()));
    for (QuotaResource resource : QuotaResource.values()) {
      capabilities.add("QUOTA=RES-" + resource);
    }
    return capabilities;
  }

  @Override
  public List<Command> commands() {
    return List.of(new GetQuota(), new GetQuotaRoot());
  }

  /** RFC 9208 section 4.1.4. */
  @Override
  public Map<String, StatusAttribute> statusItems() {
    return Map.of(
        "DELETED", StatusAttribute.counter(StatusItem.DELETED),
        "DELETED-STORAGE", StatusAttribute.counter(StatusItem.DELETED_STORAGE));
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Quotas.class);
  }

  static Quotas of(Session session) {
    return session.service().store().facet(Quotas.class).orElseThrow();
  }
}
