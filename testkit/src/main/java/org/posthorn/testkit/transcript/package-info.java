/**
 * Protocol scripts of {@code C:} and {@code S:} lines, run against an engine or a server. {@link
 * org.posthorn.testkit.transcript.Transcript} tells the language.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.testkit.transcript;
