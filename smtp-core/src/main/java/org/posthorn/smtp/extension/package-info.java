/** Service extensions that are a keyword and parameters. */
@org.jspecify.annotations.NullMarked
package org.posthorn.smtp.extension;
