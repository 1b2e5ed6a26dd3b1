/**
 * Who is in which topic, on all nodes: {@link io.stompline.presence.Presence}.
 *
 * <p>Plain Java. A member is a user with at least one session that is subscribed to the topic. Each node owns the
 * members of its own sessions, {@code OwnMembers}, and tells the others, so that each has the part of every node as its
 * {@code OtherMembers}. A {@code Room} is what watchers of one topic were shown of all parts. Knows nothing of sessions
 * but their ids, and not who may see what.
 */
package io.stompline.presence;
