package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatedAccessTest {
    private final AuthenticatedAccess access = new AuthenticatedAccess();

    @ParameterizedTest
    @CsvSource({
        "/topic/news, true",
        "/queue/orders, true",
        "/topic/*, true",
        "/topic/**, true",
        "/topic/stompline, true",
        "/topic/stomplines/x, true",
        "/topic/mqtt, true",
        "/topic/a/mq, true",
        "/queue/mq, false",
        "/queue/mq/sys/dmq, false",
        "/queue/mq.sys.dmq, false",
        "/topic/mq/metrics/jvm, false",
        "/topic/mq/*, false",
        "/topic/mq/**, false",
        "/topic/stompline/users, false",
        "/topic/stompline.users, false",
        "/topic/stompline/*, false",
        "/queue/stompline.dead, false",
        "/queue/stompline/dead, false"
    })
    void allowsAllButWhatBelongsToTheMessagingSystemAndTheBridge(String text, boolean allowed) {
        Destination destination = Destination.parse(text).orElseThrow();
        Caller ann = Caller.named("ann");
        assertThat(access.maySubscribe(ann, destination)).isEqualTo(allowed);
        assertThat(access.maySend(ann, destination)).isEqualTo(allowed);
    }
}
