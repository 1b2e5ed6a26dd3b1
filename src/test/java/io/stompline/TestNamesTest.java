package io.stompline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;

/** The name of a test begins with its feature, so that a search for the feature finds the test. */
@AnalyzeClasses(packages = {"io.stompline", "org.glassfish.tyrus"})
class TestNamesTest {
    /** Feature, case, expectation: {@code ack_clientMode_settlesAllBefore}; the case may be left out. */
    @ArchTest
    static final ArchRule TEST_NAMES_BEGIN_WITH_THE_FEATURE = methods()
            .that()
            .areAnnotatedWith(Test.class)
            .or()
            .areMetaAnnotatedWith(TestTemplate.class)
            .should()
            .haveNameMatching("[a-z][a-zA-Z0-9]*(_[a-z0-9][a-zA-Z0-9]*)+");
}
