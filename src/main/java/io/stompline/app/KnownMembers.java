package io.stompline.app;

import io.stompline.api.StompEvent;
import io.stompline.api.StompPresence;
import io.stompline.config.Setting;
import io.stompline.presence.MemberEvent;
import io.stompline.presence.Presence;
import io.stompline.routing.Destination;
import java.util.List;

/** Shows the application who is in which topic. Thread-safe. */
record KnownMembers(Presence presence) implements StompPresence {
    @Override
    public List<Member> of(String topic) {
        Destination known = Destination.parse(topic)
                .filter(presence::covers)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no rule of " + Setting.PRESENCE.key() + " matches " + topic + ", or it has wildcards"));
        return presence.members(known).stream().map(KnownMembers::member).toList();
    }

    private static Member member(io.stompline.presence.Member member) {
        return new Member(member.user(), member.sessions(), member.info(), member.since());
    }

    /** As the application observes it. */
    static StompEvent event(MemberEvent event) {
        String topic = event.topic().text();
        Member member = member(event.member());
        return event.joined() ? new StompEvent.Joined(topic, member) : new StompEvent.Left(topic, member);
    }
}
