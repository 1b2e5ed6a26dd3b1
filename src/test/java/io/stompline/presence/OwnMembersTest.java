package io.stompline.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnMembersTest {
    private static final Destination ROOM = Destination.topic("rooms/1");

    private final OwnMembers own = new OwnMembers((topic, user) -> {});

    @Test
    void members_oneTopicOrAllTogether_areBounded() {
        IntStream.range(0, OwnMembers.MAX_OF_TOPIC).forEach(user -> enter(ROOM, user));
        assertThat(enter(ROOM, OwnMembers.MAX_OF_TOPIC)).isFalse();
        assertThat(enter(ROOM, 0)).isTrue();
        for (int topic = 2; topic <= OwnMembers.MAX / OwnMembers.MAX_OF_TOPIC; topic++) {
            Destination another = Destination.topic("rooms/" + topic);
            IntStream.range(0, OwnMembers.MAX_OF_TOPIC).forEach(user -> enter(another, user));
        }
        Destination last = Destination.topic("rooms/last");
        assertThat(enter(last, 1)).isFalse();
        own.leave(ROOM, "user1", "s");
        assertThat(enter(last, 1)).isTrue();
    }

    @Test
    void topicsAndInfos_ofOneUser_areBounded() {
        Optional<String> info = Optional.of("\"" + "x".repeat(1_000) + "\"");
        int most = OwnMembers.MAX_INFO_CHARS_OF_USER / info.get().length();
        for (int topic = 0; topic < OwnMembers.MAX_OF_USER; topic++) {
            Destination room = Destination.topic("rooms/" + topic);
            assertThat(enter(room, 1)).isTrue();
            assertThat(own.tell(room, "user1", "s", info, 1))
                    .isEqualTo(topic < most ? OwnMembers.Told.DONE : OwnMembers.Told.FULL);
        }
        Destination last = Destination.topic("rooms/last");
        assertThat(enter(last, 1)).isFalse();
        assertThat(enter(last, 2)).isTrue();
        assertThat(own.tell(last, "user2", "s", info, 1)).isEqualTo(OwnMembers.Told.DONE);
        own.leave(Destination.topic("rooms/0"), "user1", "s");
        assertThat(enter(last, 1)).isTrue();
        assertThat(own.tell(last, "user1", "s", info, 1)).isEqualTo(OwnMembers.Told.DONE);
    }

    private boolean enter(Destination topic, int user) {
        return own.enter(topic, "user" + user, "s", 0);
    }

    @Test
    void infos_ofAllTogether_areBounded() {
        Optional<String> info = Optional.of("\"" + "x".repeat(1_000) + "\"");
        int most = OwnMembers.MAX_INFO_CHARS / info.get().length();
        IntStream.rangeClosed(0, most).forEach(user -> enter(ROOM, user));
        IntStream.range(0, most).forEach(user -> own.tell(ROOM, "user" + user, "s", info, 1));
        assertThat(own.tell(ROOM, "user" + most, "s", info, 1)).isEqualTo(OwnMembers.Told.FULL);
        own.leave(ROOM, "user0", "s");
        assertThat(own.tell(ROOM, "user" + most, "s", info, 1)).isEqualTo(OwnMembers.Told.DONE);
    }

    @Test
    void info_ofSeveralSessions_isTheNewestOfThoseThatAreThere() {
        for (String session : List.of("s", "s", "t", "u")) {
            own.enter(ROOM, "ann", session, 0);
        }
        own.tell(ROOM, "ann", "s", Optional.of("1"), 5);
        own.tell(ROOM, "ann", "t", Optional.of("2"), 5);
        assertThat(own.of(ROOM, "ann").info()).contains("2");
        own.leave(ROOM, "ann", "t");
        own.leave(ROOM, "ann", "s");
        assertThat(own.of(ROOM, "ann").info()).contains("1");
        assertThat(own.of(ROOM, "ann").sessions()).isEqualTo(2);
        own.tell(ROOM, "ann", "u", Optional.empty(), 9);
        assertThat(own.of(ROOM, "ann").info()).isEmpty();
    }

    @Test
    void session_ofAnotherUserOrTopic_tellsNothing() {
        enter(ROOM, 1);
        assertThat(own.tell(ROOM, "user1", "other", Optional.of("1"), 1)).isEqualTo(OwnMembers.Told.NOT_THERE);
        assertThat(own.tell(ROOM, "user2", "s", Optional.of("1"), 1)).isEqualTo(OwnMembers.Told.NOT_THERE);
        own.leave(ROOM, "user1", "other");
        own.leave(ROOM, "user2", "s");
        assertThat(own.of(ROOM, "user1").sessions()).isEqualTo(1);
    }

    @Test
    void notes_manyChanges_areParts() {
        IntStream.range(0, 2_500).forEach(user -> enter(ROOM, user));
        own.tellAll();
        OtherMembers other = new OtherMembers((topic, user) -> {});
        Set<Integer> sizes = new HashSet<>();
        int notes = 0;
        while (own.hasNews()) {
            assertThat(other.isComplete()).isFalse();
            MemberNote note = MemberNote.read(own.note(true).text()).orElseThrow();
            sizes.add(note.changes().size());
            other.take(note);
            notes++;
        }
        assertThat(notes).isEqualTo(3);
        assertThat(sizes).containsExactlyInAnyOrder(1_000, 500);
        assertThat(other.isComplete()).isTrue();
        assertThat(other.isReady()).isTrue();
        assertThat(other.of(ROOM, "user2499").sessions()).isEqualTo(1);
    }

    @Test
    void note_anyText_isReadAsItWas() {
        Destination topic = Destination.topic("räume/a b+c%20");
        own.enter(topic, "a b\n\u2028é+%", "s", 7);
        own.tell(topic, "a b\n\u2028é+%", "s", Optional.of("{\"a\":\"\\n\n \"}"), 9);
        MemberNote note = own.note(false);
        assertThat(MemberNote.read(note.text())).contains(note);
    }

    @Test
    void note_ofAnotherVersion_isNone() {
        assertThat(MemberNote.read("")).isEmpty();
        assertThat(MemberNote.read("1 x")).isEmpty();
        assertThat(MemberNote.read("1 2\nfoo")).isEmpty();
        assertThat(MemberNote.read("1 2\n%zz u 1 2 3 ")).isEmpty();
    }
}
