/** SASL (RFC 4422) as exchange objects that the three protocols share. */
@org.jspecify.annotations.NullMarked
package org.posthorn.protocol.sasl;
