/**
 * What the protocol engines share: the contract between engine and driver, framing, limits, events.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.protocol;
