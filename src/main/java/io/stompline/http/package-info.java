/**
 * STOMP over plain HTTP, where nothing else gets through: octets of clients come as requests, frames go out as events
 * of one long answer ({@link io.stompline.http.StreamWire}) or, where answers are held back until their end, in
 * batches ({@link io.stompline.http.PollWire}). A transport beside the one of {@code websocket}: the session behind
 * {@code gateway} is the same, and knows nothing of it.
 *
 * <p>{@link io.stompline.http.StompServlet} takes the requests, {@link io.stompline.http.RequestRules} says which may
 * come, {@link io.stompline.http.Opening} opens a session, {@link io.stompline.http.HttpConnection} is one. No thread
 * waits for a client: {@link io.stompline.http.Exchange} writes, {@link io.stompline.http.BodyReader} reads when there
 * is something to. A request for a session of another node is passed on by {@link io.stompline.http.Relay}, which
 * {@link io.stompline.http.OtherNodes} starts.
 */
package io.stompline.http;
