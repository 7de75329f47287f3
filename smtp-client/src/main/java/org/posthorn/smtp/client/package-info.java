/** An SMTP and LMTP client: a sans-I/O engine, and a blocking connection that drives it. */
@NullMarked
package org.posthorn.smtp.client;

import org.jspecify.annotations.NullMarked;
