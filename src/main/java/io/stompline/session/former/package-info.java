/**
 * Whose a session was that a client names as its former one, on whatever node it was: {@link
 * io.stompline.session.former.FormerSessions}. What follows from that is the business of {@code session.subscription}.
 */
package io.stompline.session.former;
