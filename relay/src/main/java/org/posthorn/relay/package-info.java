/** The outbound queue: durable, with MX routing, retries and status notifications. */
@NullMarked
package org.posthorn.relay;

import org.jspecify.annotations.NullMarked;
