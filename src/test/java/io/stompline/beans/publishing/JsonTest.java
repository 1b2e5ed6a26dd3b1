package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.type.TypeFactory;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void keepsTheTypesOfTheApplicationOutOfWhatTheServerShares() {
        assertThat(Json.OURS.getTypeFactory()).isNotSameAs(TypeFactory.defaultInstance());
    }
}
