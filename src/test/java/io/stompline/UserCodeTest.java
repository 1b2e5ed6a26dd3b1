package io.stompline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** An application needs to import nothing of Stompline but its API. */
@AnalyzeClasses(packages = "io.stompline.application")
class UserCodeTest {
    @ArchTest
    static final ArchRule USER_CODE_IMPORTS_THE_API_ONLY = noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.stompline..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages("io.stompline.api", "io.stompline.application")));
}
