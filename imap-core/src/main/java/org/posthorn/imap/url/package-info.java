/** What IMAP URLs name (RFC 5092), and URLAUTH (RFC 4467, RFC 5524, RFC 5550). */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.url;
