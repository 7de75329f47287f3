/** The SMTP engine in its roles (MX, submission, LMTP) and its handler SPI. */
module org.posthorn.smtp {
  requires static org.jspecify;
  requires transitive org.posthorn.protocol;

  exports org.posthorn.smtp;
  exports org.posthorn.smtp.facet;
}
