/**
 * Writing messages: {@link org.posthorn.mime.compose.MessageBuilder} for letters, {@link
 * org.posthorn.mime.compose.Replies} for answers and forwards, {@link
 * org.posthorn.mime.compose.DeliveryReport} and {@link org.posthorn.mime.compose.DispositionReport}
 * for reports. Only what the standards permit is written; contents are streamed.
 */
@NullMarked
package org.posthorn.mime.compose;

import org.jspecify.annotations.NullMarked;
