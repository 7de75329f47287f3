/** Certificates made at start, Argon2id password records and channel binding, on Bouncy Castle. */
@NullMarked
package org.posthorn.security;

import org.jspecify.annotations.NullMarked;
