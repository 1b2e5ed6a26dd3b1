package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final Pattern FILE = Pattern.compile("]\\(([^):]+)\\)");
    private static final Pattern LINK = Pattern.compile("]\\(([\\w-]+\\.md)\\)");

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

    @ParameterizedTest
    @MethodSource("chapters")
    void guide_links_leadToChapters(Path chapter) throws IOException {
        assertThat(LINK.matcher(Files.readString(chapter)).results().map(found -> GUIDE.resolve(found.group(1))))
                .allSatisfy(linked -> assertThat(linked).isRegularFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"})
    void guide_linksFromTheTop_leadToFiles(String document) throws IOException {
        assertThat(FILE.matcher(Files.readString(Path.of(document))).results().map(found -> Path.of(found.group(1))))
                .allSatisfy(linked -> assertThat(linked).exists());
    }

    @Test
    void guide_readme_isOneScreen() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void guide_site_hasEveryChapter() throws IOException {
        String menu = Files.readString(Path.of("src/site/site.xml"));
        assertThat(chapters())
                .extracting(file -> file.getFileName().toString().replace(".md", ".html"))
                .allSatisfy(page -> assertThat(menu).contains("href=\"" + page + "\""));
    }

    /** {@code mvn site} reads each chapter as XML and stops at a tag that is not closed. */
    @ParameterizedTest
    @MethodSource("chapters")
    void site_lineBreaksAreClosedTags(Path chapter) throws IOException {
        assertThat(Files.readString(chapter)).doesNotContain("<br>");
    }

    @Test
    void guide_startPage_showsEveryChapter() throws IOException {
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
}
