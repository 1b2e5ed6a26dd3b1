package io.stompline.presence;

import io.stompline.routing.Destination;

/**
 * Somebody came or left.
 *
 * @param joined whether it is the first session of the user; else the last one has ended
 */
public record MemberEvent(Destination topic, Member member, boolean joined) {}
