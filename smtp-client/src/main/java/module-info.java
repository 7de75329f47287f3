/** An SMTP and LMTP client: a sans-I/O engine, and a blocking connection that drives it. */
module org.posthorn.smtp.client {
  requires static org.jspecify;
  requires transitive org.posthorn.smtp;

  exports org.posthorn.smtp.client;
}
