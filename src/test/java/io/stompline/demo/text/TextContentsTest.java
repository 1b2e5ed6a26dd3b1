package io.stompline.demo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextContentsTest {
    private static final TextEntry UP_TO_3 = entry(true, Map.of("1", 3L, "2", 1L));

    @Test
    void contents_numbersThatFollow_areWhole() {
        assertThat(contents().isWhole()).isTrue();
        assertThat(contents(entry("1", 1), entry("2", 1), entry("1", 2)).isWhole())
                .isTrue();
        assertThat(contents(UP_TO_3, entry("1", 4), entry("3", 1)).isWhole()).isTrue();
    }

    @Test
    void contents_numberPassedOver_areNotWhole() {
        assertThat(contents(entry("1", 2)).isWhole()).isFalse();
        assertThat(contents(entry("1", 1), entry("1", 3)).isWhole()).isFalse();
        assertThat(contents(UP_TO_3, entry("1", 5)).isWhole()).isFalse();
    }

    @Test
    void contents_keptTwiceOrCompacted_areWhole() {
        assertThat(contents(entry("1", 1), entry("1", 2), entry("1", 2), entry("1", 3))
                        .isWhole())
                .isTrue();
        assertThat(contents(entry("1", 2), entry("1", 3), entry("1", 4), UP_TO_3)
                        .isWhole())
                .isTrue();
    }

    @Test
    void contents_compacted_coversWhatGoesNoFarther() {
        TextContents contents = contents(UP_TO_3, entry("1", 4), entry("2", 2), entry("3", 1));
        assertThat(contents.numbers()).isEqualTo(Map.of("1", 4L, "2", 2L, "3", 1L));
        assertThat(contents.coveredBy(Map.of("1", 4L, "2", 1L))).containsExactly(UP_TO_3, entry("1", 4));
        assertThat(contents.coveredBy(Map.of("1", 2L))).isEmpty();
    }

    @Test
    void contents_compactedWithoutAClientThatIsSilent_coversTheCompactedBefore() {
        assertThat(contents(UP_TO_3, entry("2", 2)).coveredBy(Map.of("1", 3L))).containsExactly(UP_TO_3);
    }

    @Test
    void contents_numbersThatNobodyHas_areNotHad() {
        assertThat(contents(UP_TO_3).has(Map.of("1", 3L))).isTrue();
        assertThat(contents(UP_TO_3).has(Map.of("1", 4L))).isFalse();
        assertThat(contents(UP_TO_3).has(Map.of("9", 1L))).isFalse();
    }

    @Test
    void contents_manySmallEntries_takeMoreRoomThanTheirOctets() {
        assertThat(contents(entry("1", 1), entry("1", 2)).octets()).isEqualTo(2 * (64 + 3));
    }

    private static TextContents contents(TextEntry... entries) {
        return new TextContents(List.of(entries));
    }

    private static TextEntry entry(String client, long number) {
        return entry(false, Map.of(client, number));
    }

    private static TextEntry entry(boolean isCompacted, Map<String, Long> numbers) {
        return new TextEntry("id", numbers, "AAAA", isCompacted);
    }
}
