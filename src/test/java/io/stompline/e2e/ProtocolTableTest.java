package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.TestTable;
import io.stompline.frame.Command;
import io.stompline.frame.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the protocol in the documentation is true. */
class ProtocolTableTest {
    private static final List<Class<?>> TESTS = List.of(
            ProtocolConnectIT.class,
            ProtocolFrameIT.class,
            ProtocolSubscribeIT.class,
            ProtocolAckIT.class,
            ProtocolHeartBeatIT.class,
            ProtocolLimitsIT.class,
            UnfinishedFrameIT.class,
            TokenIT.class,
            TicketIT.class,
            QuotaIT.class);

    @Test
    void table_tests_existAndAreAllNamed() throws IOException {
        TestTable table = table();
        assertThat(table.unknownTests()).isEmpty();
        assertThat(table.tests())
                .containsAll(TESTS.stream()
                        .flatMap(type -> TestTable.testsOf(type).stream())
                        .toList());
    }

    @Test
    void table_everyClientFrameInEveryVersion_hasARow() throws IOException {
        TestTable table = table();
        for (Command command : Command.values()) {
            for (Version version : Version.values()) {
                boolean none = command.sender() == Command.Sender.SERVER
                        || (command == Command.STOMP && version == Version.V1_0);
                assertThat(none || versions(table, command).anyMatch(all -> all.contains(version.number())))
                        .as("%s in %s", command, version.number())
                        .isTrue();
            }
        }
    }

    /** Those of each row about a frame. */
    private static Stream<Set<String>> versions(TestTable table, Command command) {
        return table.rows().stream()
                .map(TestTable.Row::cells)
                .filter(cells -> cells.get(0).equals(command.name()))
                .map(cells -> Set.of(cells.get(1).split(" ")));
    }

    private static TestTable table() throws IOException {
        return TestTable.read(Path.of("src/test/protocol.md"));
    }
}
