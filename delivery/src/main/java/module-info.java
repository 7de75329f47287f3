/** From an accepted message to mailboxes. */
module org.posthorn.delivery {
  requires static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires java.net.http;
  requires transitive org.posthorn.smtp;
  requires org.posthorn.mime;

  exports org.posthorn.delivery;
  exports org.posthorn.delivery.check;
  exports org.posthorn.delivery.milter;
  exports org.posthorn.delivery.filter;
  exports org.posthorn.delivery.journal to
      org.posthorn.collector;
  exports org.posthorn.delivery.report;
  exports org.posthorn.delivery.response;
  exports org.posthorn.delivery.routing;
}
