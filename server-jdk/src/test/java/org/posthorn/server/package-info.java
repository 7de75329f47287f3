/** What every transport is held to, and tests of what they share. */
@NullMarked
package org.posthorn.server;

import org.jspecify.annotations.NullMarked;
