package org.posthorn.smtp.facet;

/**
 * RFC 8689: the handler passes mail that came with REQUIRETLS only to servers that announce
 * REQUIRETLS, over TLS with a verified certificate, whose name came from MTA-STS or from a signed
 * MX record; or it passes nothing on at all.
 */
public interface TlsPromise {}
