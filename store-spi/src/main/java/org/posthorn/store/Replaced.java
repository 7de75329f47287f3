package org.posthorn.store;

/** A message that is replaced by an append (RFC 8508). */
public record Replaced(Mailbox mailbox, long uid) {}
