/** JSON Web Tokens for OAUTHBEARER and XOAUTH2: {@link JwtTokenVerifier}. */
@org.jspecify.annotations.NullMarked
package org.posthorn.security.jwt;
