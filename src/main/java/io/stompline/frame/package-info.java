/**
 * Bytes to STOMP frames and back: grammar, limits, escapes and versions of STOMP 1.0, 1.1 and 1.2.
 *
 * <p>A leaf: knows {@code java.base} only. The meaning of a frame to a session is not its business.
 *
 * <p>The grammar (STOMP 1.2, "Augmented BNF"), as {@link io.stompline.frame.FrameDecoder} reads it:
 *
 * <pre>
 * frame-stream = 1*(frame *EOL)
 * frame        = command EOL *(header EOL) EOL *OCTET NULL *EOL
 * command      = client-command | server-command
 * header       = header-name ":" header-value
 * header-name  = 1*&lt;any OCTET except CR or LF or ":"&gt;
 * header-value = *&lt;any OCTET except CR or LF or ":"&gt;
 * EOL          = [CR] LF
 * </pre>
 *
 * <p>Where we read more than the grammar says, or less:
 *
 * <ul>
 *   <li>CR LF ends a line in every version, not only in 1.2: clients of 1.0 and 1.1 send it.
 *   <li>A header value may hold {@code :} that is not escaped, as 1.0 allows; the first colon ends the name.
 *   <li>{@code content-length} may have blanks around it, as in the examples of 1.0.
 *   <li>In 1.0 any frame may have a body; the body of others than SEND is ignored, and ends at the first NUL.
 *   <li>{@code content-length} counts where a body is meant only; elsewhere it is ignored.
 *   <li>Of a repeated header the first counts, in every version.
 *   <li>Commands and headers must be UTF-8; limits in {@link io.stompline.frame.FrameLimits} are checked before memory
 *       is taken.
 * </ul>
 */
package io.stompline.frame;
