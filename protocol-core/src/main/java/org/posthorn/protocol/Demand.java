package org.posthorn.protocol;

/**
 * What an engine needs next. Hint, tick, stop, endOfInput, transferFailed and connectionLost are
 * legal at every demand but CLOSED; beyond them:
 *
 * <table>
 *   <caption>Legal calls</caption>
 *   <tr><th>demand</th><th>legal</th></tr>
 *   <tr><td>INPUT</td><td>receive</td></tr>
 *   <tr><td>DRAIN</td><td>writable</td></tr>
 *   <tr><td>COMPLETION</td><td>resume</td></tr>
 *   <tr><td>TLS</td><td>tlsEstablished</td></tr>
 *   <tr><td>WAIT</td><td>nothing more: the engine waits for its tick or a hint</td></tr>
 *   <tr><td>CLOSED</td><td>resume, if a call is still outstanding, then connectionLost</td></tr>
 * </table>
 */
public enum Demand {
  INPUT,
  DRAIN,
  COMPLETION,
  TLS,
  WAIT,
  CLOSED
}
