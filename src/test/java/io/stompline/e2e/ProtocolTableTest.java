package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

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

    private record Row(String frame, Set<String> versions, String test) {}

    @Test
    void table_tests_existAndAreAllNamed() throws IOException {
        Set<String> existing = TESTS.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(ProtocolTableTest::isTest)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = rows().stream().map(Row::test).collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(existing);
    }

    @Test
    void table_everyClientFrameInEveryVersion_hasARow() throws IOException {
        List<Row> rows = rows();
        for (Command command : Command.values()) {
            for (Version version : Version.values()) {
                boolean none = command.sender() == Command.Sender.SERVER
                        || (command == Command.STOMP && version == Version.V1_0);
                assertThat(none
                                || rows.stream()
                                        .anyMatch(row -> row.frame().equals(command.name())
                                                && row.versions().contains(version.number())))
                        .as("%s in %s", command, version.number())
                        .isTrue();
            }
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("src/test/protocol.md")).stream()
                .filter(line -> line.startsWith("| ") && line.contains("IT."))
                .map(line -> line.split("\\|"))
                .map(cells ->
                        new Row(cells[1].strip(), Set.of(cells[2].strip().split(" ")), cells[cells.length - 1].strip()))
                .toList();
    }
}
