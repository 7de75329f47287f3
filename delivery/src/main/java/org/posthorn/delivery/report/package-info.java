/** Telling senders what became of their mail (RFC 3461, RFC 3464). */
@NullMarked
package org.posthorn.delivery.report;

import org.jspecify.annotations.NullMarked;
