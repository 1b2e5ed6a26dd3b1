package io.stompline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** An application beside Stompline reaches browsers without a class of Stompline. */
@AnalyzeClasses(packages = "io.stompline.beside")
class BesideCodeTest {
    @ArchTest
    static final ArchRule IT_IMPORTS_JAKARTA_EE_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jakarta..", "io.stompline.beside");
}
