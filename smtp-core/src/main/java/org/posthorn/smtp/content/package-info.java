/** What happens to content between the wire and the handler. */
@org.jspecify.annotations.NullMarked
package org.posthorn.smtp.content;
