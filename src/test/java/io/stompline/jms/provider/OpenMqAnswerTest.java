package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.BusException.Reason;
import jakarta.jms.JMSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as OpenMQ 6.5.1 writes them. */
class OpenMqAnswerTest {
    private static final String ERROR = "[SEND_REPLY(9)] [C4036]: A broker error occurred. ";

    @ParameterizedTest
    @CsvSource({
        "':[500] [B4004]: Failed to persist message 1 - caught java.io.IOException: No space left on device', STORE_FULL",
        "':[409] Failed to persist destination late [Queue]', STORE_FULL",
        "':[500] [B4117]: Unexpected Broker Exception: [oops]', FAILED",
        "':[405] [B4000]: may not', REFUSED",
        "':[423] [B4026]: The size [ 2621861 bytes ] of Message 1 is larger', TOO_LARGE",
        "':[414] [B4121]: Can not add message', FULL",
        "':[500] [B2085]: Loading Destination q failed.', STORE_DAMAGED",
        "':[500] Failed to load message directory /data/Qother for destination Q:other', STORE_DAMAGED",
        "':[500] Unknown Destination:temporary_destination://queue/127.0.0.1/1/1', REFUSED",
        "'user=stompline, broker=localhost', FAILED"
    })
    void answer_brokerError_isNamed(String text, Reason named) {
        assertThat(OpenMqAnswer.in(new JMSException(ERROR + text, "C4036"))).contains(named);
    }

    @Test
    void answer_ofTheAdapter_isReadFromTheBrokersSentence() {
        String adapter = "MQJMSRA_DS4001: JMSServiceException on send message:sendMessage: Sending message failed. "
                + "Caused by:com.sun.messaging.jmq.jmsserver.util.BrokerException: ";
        assertThat(OpenMqAnswer.in(new JMSException(adapter + "[B4120]: Can not add message 1")))
                .contains(Reason.FULL);
        assertThat(OpenMqAnswer.in(new JMSException(adapter + "java.io.IOException: No space left on device")))
                .contains(Reason.STORE_FULL);
    }

    @Test
    void answer_messageTooLarge_hasACodeOfItsOwn() {
        assertThat(OpenMqAnswer.in(new JMSException("[C4095]: Message exceeds the limit: q", "C4095")))
                .contains(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "':[503] gone', C4036",
        "':[500] [B4140]: Broker is shutting down', C4036",
        "'[C4001]: Write packet failed.', C4001",
        "'[C4059]: Cannot perform operation, session is closed.', C4059"
    })
    void answer_brokerAway_isNone(String text, String code) {
        assertThat(OpenMqAnswer.in(new JMSException(text, code))).isEmpty();
    }
}
