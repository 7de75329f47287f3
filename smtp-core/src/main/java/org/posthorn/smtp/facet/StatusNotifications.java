package org.posthorn.smtp.facet;

/**
 * RFC 3461: the handler honours NOTIFY, RET, ENVID and ORCPT, itself and wherever it passes mail
 * on.
 */
public interface StatusNotifications {}
