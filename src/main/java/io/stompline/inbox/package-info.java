/**
 * What is kept for users until they acknowledge it, in a table of the application's own database: {@link
 * io.stompline.inbox.Inboxes} is the way in, {@link io.stompline.inbox.Box} that of one subscription. Plain JDBC, on
 * threads of its own but for the INSERT, which belongs to the caller's transaction. Knows nothing of sessions.
 */
package io.stompline.inbox;
