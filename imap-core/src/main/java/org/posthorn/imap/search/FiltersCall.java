package org.posthorn.imap.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.Metadata;
import org.posthorn.store.StoreException;

/** The stored searches by their names; a private one comes before a shared one. */
record FiltersCall(Metadata metadata, Identity who) implements StoreCall<Map<String, Octets>> {
  private static final String PRIVATE = "/private/filters/values/";
  private static final String SHARED = "/shared/filters/values/";

  @Override
  public Map<String, Octets> invoke(CallContext context) throws StoreException {
    Map<String, Octets> filters = new HashMap<>();
    Map<EntryName, byte[]> entries = metadata.get(who, Optional.empty());
    for (Map.Entry<EntryName, byte[]> entry : entries.entrySet()) {
      String path = entry.getKey().path();
      Octets value = Octets.of(entry.getValue());
      if (path.startsWith(PRIVATE)) {
        filters.put(path.substring(PRIVATE.length()), value);
      } else if (path.startsWith(SHARED)) {
        filters.putIfAbsent(path.substring(SHARED.length()), value);
      }
    }
    return filters;
  }
}
