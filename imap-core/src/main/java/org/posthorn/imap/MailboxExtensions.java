package org.posthorn.imap;

import java.util.List;
import org.posthorn.imap.acl.AccessControl;
import org.posthorn.imap.acl.ListMyRights;
import org.posthorn.imap.append.Replace;
import org.posthorn.imap.binary.Binary;
import org.posthorn.imap.command.ListStatus;
import org.posthorn.imap.list.ListExtended;
import org.posthorn.imap.list.SpecialUseList;
import org.posthorn.imap.metadata.ListMetadata;
import org.posthorn.imap.metadata.MetadataExtension;
import org.posthorn.imap.notify.Notify;
import org.posthorn.imap.persona.ApplePush;
import org.posthorn.imap.preview.Preview;
import org.posthorn.imap.quota.Quota;
import org.posthorn.imap.quota.QuotaSet;
import org.posthorn.imap.url.UrlAuthBinary;
import org.posthorn.imap.url.UrlAuthExtension;

/** The extensions that are about mailboxes, and about messages as they come in and go out. */
final class MailboxExtensions {
  private MailboxExtensions() {}

  static void addTo(List<ImapExtension> all) {
    all.add(new ListExtended());
    all.add(new ListStatus());
    all.add(new SpecialUseList());
    // RFC 3502 and RFC 4469: APPEND takes several messages, and parts of others.
    all.add(Extension.of("MULTIAPPEND"));
    all.add(Extension.of("CATENATE"));
    all.add(Extension.of("REPLACE", Replace.bySequence(), Replace.byUid()));
    all.add(new Binary());
    all.add(new Preview());
    all.add(new Quota());
    all.add(new QuotaSet());
    all.add(new AccessControl());
    all.add(new ListMyRights());
    all.add(new MetadataExtension());
    all.add(new ListMetadata());
    all.add(new UrlAuthExtension());
    all.add(new UrlAuthBinary());
    // RFC 5550 section 5.7.1: in URLs of CATENATE and of URLFETCH.
    all.add(Extension.of("URL-PARTIAL"));
    all.add(new Notify());
    all.add(new ApplePush());
  }
}
