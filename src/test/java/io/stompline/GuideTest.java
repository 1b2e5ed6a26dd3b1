package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
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
    private static final Path GUIDE = Path.of("src/site/markdown");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("public (?:class|record|interface) (\\w+)");
    private static final Pattern FILE = Pattern.compile("]\\(([^):]+)\\)");
    private static final Pattern LINK = Pattern.compile("]\\(([\\w-]+\\.md)\\)");

    /** What the reader is not bothered with. */
    private static final String IMPORTS = Stream.of(
                    "com.fasterxml.jackson.databind",
                    "com.fasterxml.jackson.databind.json",
                    "io.stompline.api",
                    "io.stompline.security",
                    "io.stompline.security.rules",
                    "jakarta.annotation",
                    "jakarta.annotation.security",
                    "jakarta.ejb",
                    "jakarta.enterprise.context",
                    "jakarta.enterprise.event",
                    "jakarta.enterprise.inject",
                    "jakarta.inject",
                    "jakarta.jms",
                    "jakarta.persistence",
                    "jakarta.security.enterprise.authentication.mechanism.http",
                    "jakarta.security.enterprise.authentication.mechanism.http.openid",
                    "jakarta.security.enterprise.credential",
                    "jakarta.security.enterprise.identitystore",
                    "jakarta.servlet.annotation",
                    "jakarta.servlet.http",
                    "jakarta.transaction",
                    "jakarta.validation",
                    "jakarta.validation.constraints",
                    "java.io",
                    "java.math",
                    "java.nio.file",
                    "java.security",
                    "java.time",
                    "java.util")
            .map(name -> "import " + name + ".*;\n")
            .reduce("""
                    import static org.junit.jupiter.api.Assertions.*;
                    import java.nio.file.Path;
                    import org.junit.jupiter.api.Test;
                    """, String::concat);

    @TempDir
    private Path classes;

    static List<Path> chapters() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void guide_javaExamples_compile(Path chapter) throws IOException {
        List<Example> examples = EXAMPLE.matcher(Files.readString(chapter))
                .results()
                .map(found -> new Example(found.group(1)))
                .toList();
        if (examples.isEmpty()) {
            return;
        }
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        examples)
                .call();
        assertThat(compiled).as("%s", complaints).isTrue();
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

    /** One block of code of the guide. */
    private static final class Example extends SimpleJavaFileObject {
        private final String code;

        Example(String code) {
            super(URI.create("string:///" + name(code) + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = IMPORTS + code;
        }

        private static String name(String code) {
            Matcher found = NAME.matcher(code);
            assertThat(found.find()).as("a public type in %s", code).isTrue();
            return found.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
