/** Preparation of names and passwords: SASLprep (RFC 4013) and PRECIS (RFC 8264, RFC 8265). */
@org.jspecify.annotations.NullMarked
package org.posthorn.protocol.stringprep;
