/** Verifies OAuth access tokens that are JSON Web Tokens, on Nimbus JOSE+JWT. */
module org.posthorn.security.jwt {
  requires static org.jspecify;
  requires transitive org.posthorn.protocol;
  requires transitive com.nimbusds.jose.jwt;

  exports org.posthorn.security.jwt;
}
