package io.stompline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and what else each may use beside {@code java}. */
@AnalyzeClasses(packages = "io.stompline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String OURS = "io.stompline.";
    private static final Path SOURCES = Path.of("src/main/java/io/stompline");

    /** Lowest first. Nobody imports {@code app}, {@code server}, {@code demo} and {@code openmq}. */
    private static final List<Layer> LAYERS = List.of(
            new Layer("frame", "", ""),
            new Layer("config", "", "org.eclipse.microprofile.config"),
            new Layer("metrics", "", ""),
            new Layer("publish", "", ""),
            new Layer("broker", "frame", ""),
            new Layer("security", "broker", "jakarta.enterprise jakarta.inject jakarta.security.enterprise"),
            new Layer("session", "frame broker security metrics", ""),
            new Layer(
                    "jms",
                    "frame broker config metrics",
                    "jakarta.jms com.sun.messaging com.fasterxml.jackson javax.naming"),
            new Layer(
                    "websocket",
                    "frame session security",
                    "jakarta.websocket jakarta.servlet jakarta.inject org.glassfish.tyrus.spi"),
            new Layer(
                    "beans",
                    "frame broker security session publish metrics",
                    "jakarta.annotation jakarta.ejb jakarta.enterprise jakarta.inject jakarta.interceptor"
                            + " jakarta.transaction jakarta.validation com.fasterxml.jackson javax.naming"
                            + " javax.security.auth"),
            new Layer(
                    "monitoring",
                    "metrics security",
                    "org.eclipse.microprofile.metrics jakarta.annotation jakarta.enterprise jakarta.inject jakarta.servlet"),
            new Layer(
                    "app",
                    "frame config metrics broker security session jms monitoring websocket",
                    "jakarta.annotation jakarta.enterprise jakarta.inject jakarta.interceptor javax.naming"),
            new Layer("server", "", "fish.payara.micro"),
            new Layer("openmq", "", "com.sun.messaging jakarta.jms"),
            new Layer(
                    "demo",
                    "publish",
                    "jakarta.annotation jakarta.ejb jakarta.enterprise jakarta.inject jakarta.security.enterprise"
                            + " jakarta.validation javax.sql com.sun.management"));

    /**
     * One package.
     *
     * @param mayKnow packages of ours, parted by blanks
     * @param mayUse packages of others with all below them, parted by blanks
     */
    private record Layer(String name, String mayKnow, String mayUse) {
        ArchRule rule() {
            Stream<String> ours = words(mayKnow).map(known -> OURS + known);
            Stream<String> others = words(mayUse).map(used -> used + "..");
            String[] allowed = Stream.concat(Stream.of("java..", OURS + name), Stream.concat(ours, others))
                    .toArray(String[]::new);
            return classes()
                    .that()
                    .resideInAPackage(OURS + name + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed);
        }

        private static Stream<String> words(String text) {
            return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
        }
    }

    @ArchTest
    static final ArchRule EACH_PACKAGE_KNOWS_ONLY_WHAT_THE_TABLE_SAYS =
            CompositeArchRule.of(LAYERS.stream().map(Layer::rule).toList());

    @ArchTest
    static final ArchRule NO_TWO_PACKAGES_KNOW_EACH_OTHER =
            slices().matching("io.stompline.(*)..").should().beFreeOfCycles();

    /** They start a thread of the JVM that keeps the class loader of whoever was first, also after it is undeployed. */
    @ArchTest
    static final ArchRule NOBODY_USES_THE_TIMER_OF_COMPLETABLE_FUTURES = noClasses()
            .should()
            .callMethod(CompletableFuture.class, "completeOnTimeout", Object.class, long.class, TimeUnit.class)
            .orShould()
            .callMethod(CompletableFuture.class, "orTimeout", long.class, TimeUnit.class);

    @Test
    void theTableHasEveryPackageAndEachSaysWhatItIsFor() throws IOException {
        try (Stream<Path> packages = Files.list(SOURCES)) {
            assertThat(packages)
                    .allSatisfy(directory ->
                            assertThat(directory.resolve("package-info.java")).isRegularFile())
                    .extracting(directory -> directory.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(
                            LAYERS.stream().map(Layer::name).toList());
        }
    }
}
