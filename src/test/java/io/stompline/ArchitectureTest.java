package io.stompline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and what else each may use beside {@code java}. */
@AnalyzeClasses(packages = "io.stompline", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
    private static final String OURS = "io.stompline.";
    private static final int MAX_LINE_CHARS = 120;
    private static final int MAX_FILES = 22;
    private static final Path SOURCES = Path.of("src/main/java/io/stompline");

    /** Wherever they are compiled to. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    /** Lowest first. Nobody imports {@code app}, {@code server}, {@code grizzly}, {@code openmq} and {@code demo}. */
    private static final List<Layer> LAYERS = List.of(
            new Layer("frame", "", ""),
            new Layer("time", "", ""),
            new Layer("config", "time", "org.eclipse.microprofile.config"),
            new Layer("metrics", "", ""),
            new Layer("bounds", "", ""),
            new Layer("pem", "", ""),
            new Layer("threads", "bounds", "jakarta.enterprise.concurrent javax.naming"),
            new Layer("api", "", ""),
            new Layer("routing", "config frame", ""),
            new Layer("routing.hub", "config frame routing", ""),
            new Layer("cluster", "bounds frame routing", ""),
            new Layer("idempotency", "cluster metrics", ""),
            new Layer("inbox", "bounds config frame metrics routing", "javax.naming javax.sql"),
            new Layer("history.lag", "bounds cluster routing.hub", ""),
            new Layer("history.rules", "config frame routing time", ""),
            new Layer("history", "bounds cluster frame history.lag history.rules metrics routing routing.hub", ""),
            new Layer(
                    "presence",
                    "bounds cluster config frame metrics routing routing.hub",
                    "com.fasterxml.jackson.core"),
            new Layer("security.quota", "bounds config routing", ""),
            new Layer("security.audit", "bounds", ""),
            new Layer("security.proxy", "bounds", "jakarta.servlet.http"),
            new Layer(
                    "security",
                    "bounds config routing security.audit security.proxy security.quota",
                    "jakarta.enterprise jakarta.inject jakarta.security.enterprise jakarta.servlet.http javax.crypto"),
            new Layer(
                    "security.container",
                    "security",
                    "jakarta.security.enterprise jakarta.servlet.http org.eclipse.microprofile.jwt"),
            new Layer("security.ticket", "bounds security", ""),
            new Layer("security.token", "bounds config pem security", "com.nimbusds.jose com.nimbusds.jwt"),
            new Layer("security.host", "bounds config security.audit security.proxy", ""),
            new Layer("security.rules", "api config routing security", "jakarta.enterprise.inject"),
            new Layer("security.users", "config security", "javax.crypto"),
            new Layer("session.protocol", "bounds config frame routing security", ""),
            new Layer("deflate", "config frame metrics routing", ""),
            new Layer("session.outbox", "config frame metrics session.protocol", ""),
            new Layer("session.opening", "frame routing routing.hub", ""),
            new Layer("session.kept", "bounds frame inbox routing routing.hub", ""),
            new Layer("session.former", "bounds cluster", ""),
            new Layer(
                    "session.subscription",
                    "bounds cluster config frame inbox presence routing routing.hub security security.quota session.former session.kept session.opening"
                            + " session.protocol"
                            + " session.outbox",
                    ""),
            new Layer(
                    "session.timing", "bounds config frame routing security.quota session.outbox session.protocol", ""),
            new Layer("session.port", "frame routing security security.audit session.opening session.subscription", ""),
            new Layer(
                    "session.rights",
                    "config frame metrics routing security security.audit security.quota session.port session.protocol"
                            + " session.subscription",
                    ""),
            new Layer(
                    "session.first",
                    "config frame history metrics presence routing routing.hub security session.opening session.protocol session.rights",
                    ""),
            new Layer(
                    "session",
                    "bounds config frame idempotency inbox presence routing routing.hub security security.audit security.quota metrics threads session.first session.opening"
                            + " session.protocol session.outbox session.subscription session.port session.rights session.timing",
                    ""),
            new Layer(
                    "gateway",
                    "bounds config deflate metrics security security.audit security.container security.host security.proxy session"
                            + " session.port session.protocol session.outbox threads",
                    "com.sun.management jakarta.enterprise jakarta.inject jakarta.security.enterprise"
                            + " jakarta.servlet"),
            new Layer("jms.provider", "config routing", "jakarta.jms com.sun.messaging javax.management javax.naming"),
            new Layer(
                    "jms.message",
                    "bounds config frame metrics jms.provider routing",
                    "jakarta.jms com.fasterxml.jackson"),
            new Layer("jms.link", "bounds config routing jms.message jms.provider", "jakarta.jms"),
            new Layer("jms.feed", "bounds frame metrics routing jms.link jms.message jms.provider", "jakarta.jms"),
            new Layer(
                    "jms",
                    "bounds config metrics routing jms.feed jms.link jms.message jms.provider",
                    "jakarta.jms javax.naming"),
            new Layer("websocket.stream", "config", "jakarta.servlet"),
            new Layer(
                    "websocket.deflate",
                    "deflate websocket.stream",
                    "jakarta.websocket org.glassfish.tyrus.core.extension org.glassfish.tyrus.core.frame"),
            new Layer(
                    "websocket.tyrus",
                    "bounds websocket.deflate websocket.stream",
                    "jakarta.websocket jakarta.servlet org.glassfish.tyrus.spi"),
            new Layer(
                    "websocket",
                    "bounds deflate frame gateway metrics security security.proxy session session.outbox"
                            + " session.port session.protocol websocket.deflate websocket.stream websocket.tyrus",
                    "jakarta.websocket jakarta.servlet jakarta.enterprise jakarta.inject jakarta.security.enterprise"),
            new Layer(
                    "http",
                    "bounds cluster config frame gateway metrics routing security.proxy session session.outbox session.port"
                            + " session.protocol threads websocket.tyrus",
                    "com.fasterxml.jackson.core jakarta.annotation jakarta.enterprise jakarta.inject jakarta.security.enterprise"
                            + " jakarta.servlet"),
            new Layer("web", "gateway security.host security.proxy websocket", "jakarta.inject jakarta.servlet"),
            new Layer(
                    "beans.publishing",
                    "api frame inbox routing",
                    "jakarta.annotation jakarta.enterprise jakarta.inject jakarta.transaction com.fasterxml.jackson"
                            + " javax.naming"),
            new Layer(
                    "beans.sessions",
                    "api cluster gateway monitoring routing security security.audit security.container security.ticket session.port"
                            + " session.subscription beans.publishing",
                    "jakarta.annotation jakarta.enterprise jakarta.inject jakarta.interceptor jakarta.security.enterprise"
                            + " jakarta.servlet com.fasterxml.jackson"),
            new Layer(
                    "beans.handler",
                    "api bounds config frame routing security security.audit session.opening session.port beans.publishing"
                            + " beans.sessions",
                    "jakarta.annotation jakarta.ejb jakarta.enterprise jakarta.inject jakarta.servlet"
                            + " jakarta.validation javax.security.auth"),
            new Layer(
                    "beans.unheard",
                    "api beans.handler security",
                    "jakarta.decorator jakarta.ejb jakarta.enterprise jakarta.inject jakarta.servlet"),
            new Layer(
                    "beans.contract",
                    "api beans.handler gateway security security.proxy",
                    "jakarta.enterprise jakarta.inject jakarta.servlet com.fasterxml.jackson com.fasterxml.classmate com.github.victools"),
            new Layer(
                    "monitoring",
                    "metrics routing routing.hub security security.proxy security.quota session.outbox session.port threads",
                    "org.eclipse.microprofile.health org.eclipse.microprofile.metrics jakarta.annotation jakarta.enterprise jakarta.inject"
                            + " jakarta.servlet"),
            new Layer(
                    "app",
                    "api beans.handler bounds cluster config deflate frame history history.rules http idempotency inbox metrics presence threads routing routing.hub security security.audit security.host security.proxy security.quota"
                            + " security.rules security.token security.users session session.first session.port session.protocol"
                            + " session.outbox session.subscription gateway jms jms.provider monitoring websocket",
                    "jakarta.annotation jakarta.enterprise jakarta.inject jakarta.interceptor jakarta.servlet"),
            new Layer("tls", "pem", "javax.net.ssl"),
            new Layer("server", "time tls", "fish.payara.micro javax.net.ssl"),
            new Layer("grizzly", "tls", "javax.net.ssl org.glassfish.grizzly"),
            new Layer("openmq", "", "com.sun.messaging jakarta.jms"),
            new Layer(
                    "demo",
                    "api",
                    "jakarta.annotation jakarta.ejb jakarta.enterprise jakarta.inject jakarta.security.enterprise"
                            + " jakarta.validation javax.sql com.sun.management com.sun.messaging"),
            new Layer(
                    "demo.text",
                    "api",
                    "jakarta.annotation jakarta.enterprise jakarta.inject jakarta.jms jakarta.servlet jakarta.validation"
                            + " org.eclipse.microprofile.config"));

    /**
     * One package.
     *
     * @param mayKnow packages of ours, separated by blanks
     * @param mayUse packages of others with all below them, separated by blanks
     */
    private record Layer(String name, String mayKnow, String mayUse) {
        ArchRule rule() {
            Stream<String> ours = words(mayKnow).map(known -> OURS + known);
            Stream<String> others = words(mayUse).map(used -> used + "..");
            String[] allowed = Stream.concat(Stream.of("java..", OURS + name), Stream.concat(ours, others))
                    .toArray(String[]::new);
            return classes()
                    .that()
                    .resideInAPackage(OURS + name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed);
        }

        private static Stream<String> words(String text) {
            return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
        }
    }

    /** One by one: the message of one rule for all packages would be five screens long. */
    @ArchTest
    static void eachPackage_knowsOnlyWhatTheTableSays(JavaClasses classes) {
        LAYERS.forEach(layer -> layer.rule().check(classes));
    }

    @ArchTest
    static final ArchRule NO_TWO_PACKAGES_KNOW_EACH_OTHER =
            slices().matching("io.stompline.(**)").should().beFreeOfCycles();

    /** They start a thread of the JVM that keeps the class loader of whoever was first, also after it is undeployed. */
    @ArchTest
    static final ArchRule NOBODY_USES_THE_TIMER_OF_COMPLETABLE_FUTURES = noClasses()
            .should()
            .callMethod(CompletableFuture.class, "completeOnTimeout", Object.class, long.class, TimeUnit.class)
            .orShould()
            .callMethod(CompletableFuture.class, "orTimeout", long.class, TimeUnit.class);

    /** What looks for a class or a member by its name, and what uses it then. */
    private static final Map<String, Set<String>> REFLECTION = Map.of(
            Class.class.getName(),
            Set.of(
                    "forName",
                    "getConstructor",
                    "getDeclaredConstructor",
                    "getDeclaredField",
                    "getDeclaredMethod",
                    "getField",
                    "getMethod"),
            AccessibleObject.class.getName(),
            Set.of("setAccessible", "trySetAccessible"),
            Constructor.class.getName(),
            Set.of("newInstance", "setAccessible", "trySetAccessible"),
            Field.class.getName(),
            Set.of("get", "set", "setAccessible", "trySetAccessible"),
            Method.class.getName(),
            Set.of("invoke", "setAccessible", "trySetAccessible"),
            MethodHandles.class.getName(),
            Set.of("lookup", "privateLookupIn", "publicLookup"));

    /**
     * {@code OwnClasses} loads all of ours at the start; {@code OfflineCommand} calls one of the WAR, beside it; {@code
     * SecondSignal} calls a part of Java that javac warns of.
     */
    private static final String REFLECTION_ON_OURS_AND_JAVA =
            "io\\.stompline\\.(app\\.OwnClasses|server\\.(OfflineCommand|SecondSignal))";

    /** Containers are reached into here and nowhere else. */
    @ArchTest
    static final ArchRule REFLECTION_INTO_OTHERS_IS_IN_THREE_PLACES = noClasses()
            .that()
            .resideOutsideOfPackages(OURS + "websocket.tyrus", OURS + "jms.provider", OURS + "beans.handler")
            .and()
            .haveNameNotMatching(REFLECTION_ON_OURS_AND_JAVA)
            .should()
            .accessTargetWhere(describe("it is reflection", ArchitectureTest::isReflection));

    private static boolean isReflection(JavaAccess<?> access) {
        return REFLECTION
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getTarget().getName());
    }

    /** Whatever else carries STOMP some day, it is one more package beside {@code websocket}. */
    @ArchTest
    static final ArchRule ONLY_THE_TRANSPORT_USES_JAKARTA_WEBSOCKET = noClasses()
            .that()
            .resideOutsideOfPackage(OURS + "websocket..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    /**
     * Comments included: whoever reads {@code session} learns what every transport does. {@code server} sets up the
     * container.
     */
    @Test
    void transport_onlyItsPackageAndServerSayWebSocket() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> !Set.of("websocket", "server", "grizzly", "config", "package-info.java")
                                    .contains(
                                            SOURCES.relativize(path).getName(0).toString())))
                    .isNotEmpty()
                    .noneMatch(ArchitectureTest::saysWebSocket);
        }
    }

    private static boolean saysWebSocket(Path source) {
        try {
            return Files.readString(source).contains("WebSocket");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void packages_all_areInTheTableAndHaveAPackageInfo() throws IOException {
        Set<String> withClasses = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(file.resolveSibling("package-info.java")).isRegularFile();
                if (!file.endsWith("package-info.java")) {
                    withClasses.add(
                            SOURCES.relativize(file.getParent()).toString().replace('/', '.'));
                }
            }
        }
        assertThat(LAYERS.stream().map(Layer::name).toList()).containsExactlyInAnyOrderElementsOf(withClasses);
    }

    @Test
    void packages_size_isAtMost22Files() throws IOException {
        assertThat(fileCounts())
                .allSatisfy(
                        (directory, count) -> assertThat(count).as(directory).isLessThanOrEqualTo(MAX_FILES));
    }

    /** Whoever adds two files there has to find another place. */
    @Test
    void packages_nearlyFull_areNamedInContributing() throws IOException {
        Matcher sentence = Pattern.compile("Nearly full (?:is|are) ([^:]*):")
                .matcher(Files.readString(Path.of("CONTRIBUTING.md")));
        assertThat(sentence.find()).isTrue();
        Map<String, Integer> nearlyFull = fileCounts();
        nearlyFull.values().removeIf(count -> count < MAX_FILES - 1);
        assertThat(Pattern.compile("`([^`]+)`").matcher(sentence.group(1)).results())
                .extracting(name -> name.group(1))
                .containsExactlyInAnyOrderElementsOf(nearlyFull.keySet());
    }

    /** By package, as a path. */
    private static Map<String, Integer> fileCounts() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java"))
                    .forEach(path -> counts.merge(
                            SOURCES.relativize(path.getParent()).toString().replace('\\', '/'), 1, Integer::sum));
        }
        return counts;
    }

    /** The formatter wraps code only. */
    @Test
    void comments_areNotWiderThanTheCode() throws IOException {
        Set<String> wide = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line ->
                                line.length() > MAX_LINE_CHARS && line.strip().matches("(?s)(\\*|/\\*|//).*"))
                        .forEach(line -> wide.add(file + ": " + line.strip()));
            }
        }
        assertThat(wide).isEmpty();
    }
}
