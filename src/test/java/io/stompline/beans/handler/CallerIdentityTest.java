package io.stompline.beans.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.security.Caller;
import org.junit.jupiter.api.Test;

class CallerIdentityTest {
    @Test
    void identity_foreignServer_warnsOfTheConsequenceAndCallsTheHandler() throws Throwable {
        try (LogLines log = new LogLines(CallerIdentity.class)) {
            CallerIdentity identity = new CallerIdentity();
            assertThat(log.warnings()).singleElement().asString().contains("checked for an anonymous caller");
            identity.notePolicy();
            assertThat(identity.as(Caller.named("ann"), () -> "called")).isEqualTo("called");
        }
    }
}
