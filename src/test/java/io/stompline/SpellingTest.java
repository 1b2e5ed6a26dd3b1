package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import morfologik.speller.Speller;
import morfologik.stemming.Dictionary;
import org.junit.jupiter.api.Test;

/**
 * Words of the guide and of the documents at the top are English, or stand in the list of the words of the trade,
 * {@code src/test/resources/words.txt}.
 */
class SpellingTest {
    private static final Path WORDS = Path.of("src/test/resources/words.txt");
    private static final String DICTIONARY = "/org/languagetool/resource/en/hunspell/en_GB.dict";

    /** Code, addresses, tags, and what Markdown needs. */
    private static final Pattern NO_PROSE =
            Pattern.compile("```.*?```|(?m-s:^ {4}.*$)|`[^`]*`|\\]\\([^)]*\\)|<[^>]*>|https?:\\S+", Pattern.DOTALL);

    private static final Pattern WORD =
            Pattern.compile("(?<![\\p{L}\\p{N}_./-])[\\p{L}]+(?:['’]\\p{L}+)?(?![\\p{L}\\p{N}_/])");

    private static final Pattern OURS_AS_BROKER = Pattern.compile(
            "\\bSTOMP[\\s*]+(message[\\s*]+)?broker\\b|\\bStompline(['’]s)?[\\s*]+((is|as)[\\s*]+an?[\\s*]+)?(message[\\s*]+)?broker\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void spelling_guideAndDocuments_areEnglish() throws IOException {
        Speller speller = speller();
        Set<String> known = new TreeSet<>(Files.readAllLines(WORDS));
        Set<String> unknown = new TreeSet<>();
        for (Path file : documents()) {
            WORD.matcher(NO_PROSE.matcher(Files.readString(file)).replaceAll(" "))
                    .results()
                    .map(MatchResult::group)
                    .map(word -> word.replaceAll("['’]s$", ""))
                    .filter(word -> !known.contains(word) && isUnknown(speller, word))
                    .forEach(unknown::add);
        }
        assertThat(unknown).as("mistakes, or words for %s", WORDS).isEmpty();
    }

    /** The message broker is OpenMQ: see the glossary of the root package. */
    @Test
    void words_stompline_isAServerAndNoBroker() throws IOException {
        for (Path file : texts()) {
            assertThat(OURS_AS_BROKER.matcher(Files.readString(file)).results().map(MatchResult::group))
                    .as("%s", file)
                    .isEmpty();
        }
    }

    /** A broken line may part the words. */
    @Test
    void words_broker_isFoundBesideStomp() {
        assertThat(OURS_AS_BROKER.matcher("a STOMP message\n * broker").find()).isTrue();
        assertThat(OURS_AS_BROKER.matcher("Stompline's broker").find()).isTrue();
        assertThat(OURS_AS_BROKER.matcher("Stompline loses the message broker").find())
                .isFalse();
    }

    @Test
    void spelling_wordList_isSorted() throws IOException {
        assertThat(Files.readAllLines(WORDS)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void spelling_mistake_isFound() throws IOException {
        assertThat(isUnknown(speller(), "recieve")).isTrue();
        assertThat(isUnknown(speller(), "Receive")).isFalse();
    }

    private static Speller speller() throws IOException {
        return new Speller(Dictionary.read(SpellingTest.class.getResource(DICTIONARY)));
    }

    /** "The" is "the" at the beginning of a sentence. */
    private static boolean isUnknown(Speller speller, String word) {
        return word.length() > 1 && speller.isMisspelled(word) && speller.isMisspelled(word.toLowerCase(Locale.ROOT));
    }

    private static List<Path> texts() throws IOException {
        List<Path> all = new ArrayList<>(documents());
        for (String root : List.of("src/main/java", "src/main/webapp", "src/main/js/src", "src/demo", "src/starter")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().matches(".*\\.(java|html|js|ts|css|md)"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> guide = Files.list(Path.of("src/site/markdown"))) {
            return Stream.concat(
                            guide.filter(file -> !file.endsWith("settings.md") && !file.endsWith("metrics.md")),
                            Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(Path::of))
                    .toList();
        }
    }
}
