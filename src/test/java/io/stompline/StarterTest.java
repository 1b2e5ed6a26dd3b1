package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import io.stompline.security.users.UsersFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a newcomer begins with fits this build: coordinates, versions, the API. */
class StarterTest {
    private static final Path STARTER = Path.of("src/starter");
    private static final Path GUIDE = Path.of("src/site/markdown/quick-start.md");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.-]+)}");

    /** The same as the build's: what it needs is in the local repository when the build has run. */
    @Test
    void starter_versions_areThoseOfTheBuild() throws Exception {
        Map<String, String> ours = versions(Path.of("pom.xml"));
        Map<String, String> starter = versions(STARTER.resolve("pom.xml"));
        assertThat(starter).containsKey("stompline").hasSizeGreaterThan(10);
        starter.remove("starter");
        assertThat(ours).containsAllEntriesOf(starter);
    }

    /** So that a machine which has built Stompline downloads nothing for the chat of the guide but plugins of Maven's own. */
    @Test
    void secureChat_versions_areThoseOfTheBuild(@TempDir Path directory) throws Exception {
        Path pom = Files.writeString(
                directory.resolve("pom.xml"), Chapter.named("secure-chat").block("xml"));
        Map<String, String> chat = versions(pom);
        assertThat(chat).containsKey("stompline").hasSizeGreaterThan(5);
        chat.remove("chat");
        assertThat(versions(Path.of("pom.xml"))).containsAllEntriesOf(chat);
    }

    @Test
    void starter_dependencies_areTheClassesTheApiAndTheClientOnly() throws Exception {
        List<String> dependencies = elements(STARTER.resolve("pom.xml"), "dependency")
                .map(dependency -> text(dependency, "artifactId") + " " + text(dependency, "classifier"))
                .toList();
        assertThat(dependencies).containsExactly("stompline classes", "stomp__stompjs ", "jakarta.jakartaee-api ");
    }

    @Test
    void starter_page_importsTheClientOfItsPom() throws Exception {
        String version = versions(STARTER.resolve("pom.xml")).get("stomp__stompjs");
        assertThat(Files.readString(STARTER.resolve("src/main/webapp/index.html")))
                .contains("webjars/stomp__stompjs/" + version + "/")
                .contains("'./stompline/stompline.js'");
    }

    @Test
    void starter_classes_compileAgainstTheApi(@TempDir Path classes) throws IOException {
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(STARTER.resolve("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-proc:none",
                    "-Xlint:all",
                    "-Werror",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            assertThat(compiler.getTask(complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                            .call())
                    .as("%s", complaints)
                    .isTrue();
            assertThat(java)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContainPattern("import io\\.stompline\\.(?!api\\.)"));
        }
    }

    /** What it carries of Stompline has no guide, so that nothing else leads there. */
    @Test
    void starter_readme_saysWhereTheGuideIs() throws IOException {
        assertThat(Files.readString(STARTER.resolve("README.md"))).contains("guide.html", "-Dstompline.help=");
    }

    @Test
    void starter_users_canBeRead() {
        assertThat(UsersFile.open(STARTER.resolve("users").toString())).isNotNull();
    }

    @Test
    void guide_quickStart_namesTheCoordinates() throws Exception {
        String version = versions(Path.of("pom.xml")).get("stompline");
        assertThat(Files.readString(GUIDE))
                .contains("-DarchetypeGroupId=io.stompline")
                .contains("-DarchetypeArtifactId=stompline-archetype")
                .contains("-DarchetypeVersion=" + version)
                .contains("<version>" + version + "</version>");
    }

    /** By artifact, of the project itself, its dependencies and its plugins. */
    private static Map<String, String> versions(Path pom) throws Exception {
        Map<String, String> properties = new TreeMap<>();
        elements(pom, "properties")
                .forEach(element -> children(element)
                        .forEach(property -> properties.put(property.getTagName(), property.getTextContent())));
        Map<String, String> versions = new TreeMap<>();
        Stream.of("project", "dependency", "plugin")
                .forEach(tag -> elements(pom, tag)
                        .filter(element -> !text(element, "version").isEmpty())
                        .forEach(element -> versions.putIfAbsent(
                                text(element, "artifactId"), resolved(text(element, "version"), properties))));
        return versions;
    }

    private static String resolved(String version, Map<String, String> properties) {
        Matcher property = PROPERTY.matcher(version);
        return property.matches() ? properties.get(property.group(1)) : version;
    }

    private static Stream<Element> elements(Path pom, String tag) {
        try {
            NodeList found = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getElementsByTagName(tag);
            return elements(found);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Element> children(Element parent) {
        return elements(parent.getChildNodes());
    }

    private static Stream<Element> elements(NodeList nodes) {
        return Stream.iterate(0, at -> at < nodes.getLength(), at -> at + 1)
                .map(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    /** Of a direct child; empty if there is none. */
    private static String text(Element parent, String tag) {
        return children(parent)
                .filter(child -> child.getTagName().equals(tag))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
