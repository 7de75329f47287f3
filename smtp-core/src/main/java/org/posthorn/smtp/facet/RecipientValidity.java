package org.posthorn.smtp.facet;

/**
 * RFC 7293: the handler refuses a recipient whose mailbox has changed hands since the time that the
 * client named, and passes the time on with mail that leaves.
 */
public interface RecipientValidity {}
