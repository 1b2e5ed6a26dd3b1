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
}
