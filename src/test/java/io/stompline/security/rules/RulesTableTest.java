package io.stompline.security.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.RoomMembers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps the table of the guide true to the rules above it: each of its users, with each of its destinations, in each
 * deed. {@code -Drules.write=true} writes the table anew; a new destination needs a row with anything in it.
 */
class RulesTableTest {
    private final RuleBook rules = parsed(RulesExample.rules());

    @Test
    void rules_tableOfTheGuide_isWhatTheyMean() throws IOException {
        String table = RulesExample.generated(rules);
        if (Boolean.getBoolean("rules.write")) {
            String chapter = Files.readString(RulesExample.CHAPTER);
            Files.writeString(RulesExample.CHAPTER, chapter.replace(RulesExample.table(), table));
        }
        assertThat(RulesExample.table()).isEqualTo(table);
    }

    @Test
    void rules_eachRuleOfTheExample_changesTheTable() {
        String table = RulesExample.generated(rules);
        assertThat(rules.table()).allSatisfy(rule -> {
            String others =
                    rules.table().stream().filter(other -> !other.equals(rule)).collect(Collectors.joining("\n"));
            assertThat(RulesExample.generated(parsed(others))).isNotEqualTo(table);
        });
    }

    private static RuleBook parsed(String text) {
        return RuleBook.parse(
                text, name -> name.equals("memberOf") ? Optional.of(new RoomMembers()) : Optional.empty());
    }
}
