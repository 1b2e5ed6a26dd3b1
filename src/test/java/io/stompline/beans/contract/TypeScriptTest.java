package io.stompline.beans.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.beans.handler.Operations;
import org.junit.jupiter.api.Test;

class TypeScriptTest {
    private final String types = TypeScript.of(Operations.of(Shop.class));

    @Test
    void types_destinations_haveTheirPayloads() {
        assertThat(types)
                .contains("  [destination: `/app/shops/${string}/orders`]: Order;\n")
                .contains("  '/app/ask': string;\n")
                .contains("  '/app/picture': Uint8Array;\n")
                .contains("  [destination: `/topic/shops/${string}/orders`]: Placed;\n")
                .contains("  '/user/queue/replies': Item;\n")
                .contains("  '/topic/prices': Array<Item>;\n")
                .contains("  '/user/queue/errors': StompProblem;\n");
    }

    @Test
    void types_constraints_decideWhatMayBeLeftOut() {
        assertThat(types)
                .contains("export type Item = {\n")
                .contains("  name: string;\n")
                .contains("  size?: Size3;\n")
                .contains("export type Size3 = \"SMALL\" | \"LARGE\";\n")
                .contains("  note?: string | null;\n")
                .contains("  for?: string;\n")
                .contains("Map_String_Integer = Record<string, number>;\n");
    }
}
