package io.stompline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.stompline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule FRAME_IS_A_LEAF = classes()
            .that()
            .resideInAPackage("..stompline.frame")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.stompline.frame");

    @ArchTest
    static final ArchRule THE_CORE_IS_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage("..stompline.frame", "..stompline.broker", "..stompline.session")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta..");

    @ArchTest
    static final ArchRule ONLY_THE_BRIDGE_KNOWS_JMS = noClasses()
            .that()
            .resideOutsideOfPackage("..stompline.jms")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.jms..");

    @ArchTest
    static final ArchRule ONLY_THE_ENDPOINT_KNOWS_WEBSOCKET = noClasses()
            .that()
            .resideOutsideOfPackage("..stompline.websocket")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_COMPOSITION_ROOT = noClasses()
            .that()
            .resideOutsideOfPackage("..stompline.app")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.stompline.app");

    @ArchTest
    static final ArchRule THE_API_STANDS_BY_ITSELF = classes()
            .that()
            .resideInAPackage("io.stompline.publish")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.stompline.publish");

    @ArchTest
    static final ArchRule BEANS_KNOW_NEITHER_SOCKETS_NOR_JMS = noClasses()
            .that()
            .resideInAPackage("io.stompline.beans")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.stompline.jms", "io.stompline.websocket");

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_BEANS = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.stompline.frame",
                    "io.stompline.broker",
                    "io.stompline.session",
                    "io.stompline.security",
                    "io.stompline.jms",
                    "io.stompline.websocket")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.stompline.beans", "io.stompline.publish");

    @ArchTest
    static final ArchRule THE_DEMO_USES_THE_API_ALONE = noClasses()
            .that()
            .resideInAPackage("io.stompline.demo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.stompline.frame",
                    "io.stompline.broker",
                    "io.stompline.session",
                    "io.stompline.security",
                    "io.stompline.jms",
                    "io.stompline.websocket",
                    "io.stompline.beans",
                    "io.stompline.app");

    @ArchTest
    static final ArchRule LEAVES_AND_LAYERS = classes()
            .that()
            .resideInAnyPackage("io.stompline.config", "io.stompline.metrics")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.eclipse.microprofile.config..", "io.stompline.config", "io.stompline.metrics");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVER_OR_WHAT_RUNS_IN_THE_BROKER = noClasses()
            .that()
            .resideOutsideOfPackages("io.stompline.server", "io.stompline.openmq")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.stompline.server", "io.stompline.openmq");
}
