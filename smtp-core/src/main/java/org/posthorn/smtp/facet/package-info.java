/**
 * What a {@link org.posthorn.smtp.MailHandler} may be able to do besides taking mail. An EHLO
 * keyword that needs one of these is announced and accepted only where the handler has it.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.smtp.facet;
