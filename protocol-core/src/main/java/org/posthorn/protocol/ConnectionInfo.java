package org.posthorn.protocol;

import java.net.InetSocketAddress;

/**
 * A connection as the driver accepted it; after the PROXY protocol the addresses are those that it
 * told.
 *
 * @param id unique in this server's life, for logs
 * @param listener name of the listener that took it, as the integrator called it
 * @param implicitTls whether TLS comes before the greeting
 * @param tlsAvailable whether {@link Effects#startTls} would succeed
 */
public record ConnectionInfo(
    String id,
    String listener,
    InetSocketAddress peer,
    InetSocketAddress local,
    boolean implicitTls,
    boolean tlsAvailable) {}
