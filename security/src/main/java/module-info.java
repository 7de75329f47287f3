/** Certificates made at start, Argon2id password records and channel binding, on Bouncy Castle. */
module org.posthorn.security {
  requires static org.jspecify;
  requires transitive org.posthorn.protocol;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.tls;

  exports org.posthorn.security;
}
