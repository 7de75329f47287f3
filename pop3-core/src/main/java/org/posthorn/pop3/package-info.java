/**
 * The POP3 engine (RFC 1939 and its extensions): {@link org.posthorn.pop3.Pop3Service} is where to
 * begin.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.pop3;
