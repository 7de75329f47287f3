/** The SMTP engine in its roles (MX, submission, LMTP) and its handler SPI. */
@NullMarked
package org.posthorn.smtp;

import org.jspecify.annotations.NullMarked;
