package org.posthorn.smtp.client;

/** Whether a client wants STARTTLS. */
public enum TlsUse {
  /** Never. */
  NONE,
  /** Where the server offers it (RFC 7435): against listeners, not against impostors. */
  OPPORTUNISTIC,
  /** Always; without it, or with a certificate that does not prove the name, nothing is sent. */
  REQUIRED,
  /** TLS comes before the greeting (RFC 8314), with a certificate that proves the name. */
  IMPLICIT
}
