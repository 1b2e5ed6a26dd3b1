package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guide cannot rot: its Java examples compile against the API that user code imports, and its links lead somewhere.
 */
class GuideTest {
    private static final Path GUIDE = Chapter.GUIDE;
    private static final Path TOP = Path.of("");

    /** Links and images, in whose text there may be brackets. */
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|<(https?:[^>\\s]+)>");

    private static final Pattern OUTSIDE = Pattern.compile("https?://[\\w.-]+(:\\d+)?(/\\S*)?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern END_OF_CELL = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|^ {4}[^\n]*$|`[^`\n]*`");

    @TempDir
    private Path classes;

    static List<Path> chapters() throws IOException {
        return Chapter.files();
    }

    static List<Path> chaptersAndReadme() throws IOException {
        List<Path> all = new ArrayList<>(chapters());
        all.add(Path.of("README.md"));
        return all;
    }

    @ParameterizedTest
    @MethodSource("chaptersAndReadme")
    void guide_javaExamples_compile(Path chapter) throws IOException {
        Chapter.of(chapter).compileJava(classes);
    }

    @Test
    void guide_tablesOfKeptMessages_areTheShippedFiles() throws IOException {
        Path files = Path.of("src/main/resources/META-INF/stompline");
        List<String> shipped = new ArrayList<>();
        for (String database : List.of("h2", "postgresql", "mysql", "oracle")) {
            shipped.add(Files.readString(files.resolve("inbox-" + database + ".sql")));
        }
        assertThat(Chapter.named("kept-notifications").blocks("sql")).containsExactlyElementsOf(shipped);
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void guide_links_leadToChaptersHeadingsAndImages(Path chapter) throws IOException {
        assertThat(brokenLinks(chapter, Path.of("src/site/resources"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"})
    void guide_linksFromTheTop_leadToFilesAndHeadings(String document) throws IOException {
        assertThat(brokenLinks(Path.of(document), TOP)).isEmpty();
    }

    static List<Path> documents() throws IOException {
        List<Path> all = chaptersAndReadme();
        List.of("SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md").forEach(name -> all.add(Path.of(name)));
        return all;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void guide_rowsOfTables_haveAsManyCellsAsTheHead(Path document) throws IOException {
        List<String> wrong = new ArrayList<>();
        String head = "";
        for (String line : FENCED.matcher(Files.readString(document))
                .replaceAll("")
                .lines()
                .toList()) {
            if (!line.startsWith("|")) {
                head = "";
            } else if (head.isEmpty()) {
                head = line;
            } else if (cells(line) != cells(head)) {
                wrong.add(line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static long cells(String row) {
        return END_OF_CELL.matcher(row).results().count() - 1;
    }

    @Test
    void guide_readme_isOneScreen() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void guide_firstPage_linksToEveryOther() throws IOException {
        String index = Files.readString(GUIDE.resolve("index.md"));
        assertThat(chapters())
                .extracting(file -> file.getFileName().toString())
                .filteredOn(name -> !name.equals("index.md"))
                .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }

    @Test
    void guide_page_showsEveryChapter() throws IOException {
        String page = Files.readString(Path.of("src/main/webapp/js/guide.js"));
        assertThat(chapters())
                .extracting(file -> file.getFileName().toString().replace(".md", ""))
                .allSatisfy(name -> assertThat(page).containsPattern("(?m)^  '?" + name + "'?: "));
    }

    @ParameterizedTest
    @CsvSource({"nginx, nginx.conf", "haproxy, haproxy.cfg"})
    void guide_proxyConfigurations_areTheFilesThatTestsRun(String language, String file) throws IOException {
        assertThat(Files.readString(GUIDE.resolve("proxies.md")))
                .contains("```" + language + "\n" + Files.readString(Path.of("server-config/proxy", file)) + "```\n");
    }

    /** Links of a file that lead to no file beside it or below {@code resources}, or to no heading there. */
    private static List<String> brokenLinks(Path file, Path resources) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : LINK.matcher(withoutCode(file)).results().toList()) {
            String target = link.group(1) != null ? link.group(1) : link.group(2);
            if (!OUTSIDE.matcher(target).matches() && !isThere(file, target, resources)) {
                broken.add(target);
            }
        }
        return broken;
    }

    private static boolean isThere(Path file, String target, Path resources) throws IOException {
        String[] parts = target.split("#", 2);
        Path wanted = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
        return parts.length == 1
                ? Files.exists(wanted) || Files.exists(resources.resolve(parts[0]))
                : Files.exists(wanted) && headings(wanted).contains(parts[1]);
    }

    /** Names of headings in addresses, as {@code guide.js} makes them. */
    private static List<String> headings(Path file) throws IOException {
        return HEADING.matcher(Files.readString(file))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", "-")
                        .replaceAll("^-|-$", ""))
                .toList();
    }

    private static String withoutCode(Path file) throws IOException {
        return CODE.matcher(Files.readString(file)).replaceAll("");
    }
}
