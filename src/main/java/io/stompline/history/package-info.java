/**
 * What a node keeps of the messages of some topics, for those who come late or come back: {@link
 * io.stompline.history.History}. Each node numbers what it hears; no two nodes agree on a number. Knows nothing of
 * sessions.
 */
package io.stompline.history;
