package io.stompline.beans.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.beans.handler.Operations;
import org.junit.jupiter.api.Test;

class TypeScriptTest {
    private final String types = TypeScript.of(Operations.of(Shop.class));

    @Test
    void types_destinations_haveTheirPayloads() {
        assertThat(types)
                .contains("export type SendPayload<D extends string> =\n")
                .contains("  Segments<D> extends ['', 'app', 'shops', string, 'orders'] ? Order :\n")
                .contains("  Segments<D> extends ['', 'app', 'ask'] ? string :\n")
                .contains("  Segments<D> extends ['', 'app', 'picture'] ? Uint8Array :\n")
                .contains("export type MessagePayload<D extends string> =\n")
                .contains("  Segments<D> extends ['', 'topic', 'shops', string, 'orders'] ? Placed :\n")
                .contains("  Segments<D> extends ['', 'user', 'queue', 'replies'] ? Item :\n")
                .contains("  Segments<D> extends ['', 'topic', 'prices'] ? Array<Item> :\n")
                .contains("  Segments<D> extends ['', 'user', 'queue', 'errors'] ? StompProblem :\n");
    }

    @Test
    void types_reply_isThatOfEachSend() {
        String reply =
                types.substring(types.indexOf("export type Reply<"), types.indexOf("export type MessagePayload<"));
        assertThat(reply).isEqualTo("""
                export type Reply<D extends string> =
                  Segments<D> extends ['', 'app', 'ask'] ? Item :
                  never;

                /** What arrives at a destination. */
                """);
    }

    @Test
    void types_roles_areCommentsOfTheDestination() {
        assertThat(types).contains("""
                          /** Shop.order is for the role admin or customer */
                          Segments<D> extends ['', 'app', 'shops', string, 'orders'] ? Order :
                        """).contains("""
                          /** Shop.late is for nobody */
                          Segments<D> extends ['', 'app', 'shops', 'o\\'clock', 'orders'] ? string :
                        """).doesNotContain("Shop.ask");
    }

    @Test
    void types_constraints_areCommentsOfTheProperty() {
        assertThat(types)
                .contains("  /** at most 40 characters */\n  name: string;\n")
                .contains("  /** at most 99 */\n  count?: number;\n")
                .contains("  /** pattern [a-z*\\/]+ */\n  code?: string;\n")
                .contains("  /** format date */\n  due?: string;\n")
                .doesNotContain("int32", "/**  */");
    }

    @Test
    void types_particularDestination_comesBeforeAVariable() {
        String particular = "Segments<D> extends ['', 'app', 'shops', 'o\\'clock', 'orders'] ? string :\n";
        String any = "Segments<D> extends ['', 'app', 'shops', string, 'orders'] ? Order :\n";
        assertThat(types.indexOf(particular)).isPositive().isLessThan(types.indexOf(any));
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
