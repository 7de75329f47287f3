package org.posthorn.store.support;

import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;

/**
 * Where a name leads.
 *
 * @param owner the account that has the mailbox
 * @param name what the owner calls it
 * @param rights what whoever asked may do there
 */
public record Place(String owner, MailboxName name, MailboxId id, Rights rights) {}
