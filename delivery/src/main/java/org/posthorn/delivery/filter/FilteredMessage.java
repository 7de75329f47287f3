package org.posthorn.delivery.filter;

import org.posthorn.delivery.MessageHeader;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;

/**
 * A message about to be delivered into an account.
 *
 * @param recipient as the sender wrote it
 * @param size octets, without the trace fields that we add
 * @param content readable as long as the filter runs
 */
public record FilteredMessage(
    String account,
    Address recipient,
    ReversePath sender,
    MessageHeader header,
    long size,
    Spool content) {}
