package org.posthorn.protocol.sasl;

import org.posthorn.protocol.Secret;

/** What a server keeps of a password for SCRAM (RFC 5802 section 3). */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public record ScramKeys(
    ScramHash hash, byte[] salt, int iterations, Secret storedKey, Secret serverKey) {}
