/** What the three engines share: engine contract, framing, limits, SASL, events. */
@NullMarked
package org.posthorn.protocol;

import org.jspecify.annotations.NullMarked;
