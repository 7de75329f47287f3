/** The SMTP engine in its roles and the handler SPI that decides about mail. */
@org.jspecify.annotations.NullMarked
package org.posthorn.smtp;
