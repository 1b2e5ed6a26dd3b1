/**
 * What a node keeps of the messages of some topics, for those who come late or come back: the last messages, or the
 * last one of each key ({@link io.stompline.history.rules}). {@link io.stompline.history.History} is the way in. Each
 * node numbers what it hears; no two nodes agree on a number, so that positions of another one are good by their time
 * ({@link io.stompline.history.lag}). A node that starts takes over what another one keeps ({@link
 * io.stompline.history.Seeding}). Knows nothing of sessions.
 */
package io.stompline.history;
