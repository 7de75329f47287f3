/** ACL (RFC 4314) and LIST-MYRIGHTS (RFC 8440). */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.acl;
