package io.stompline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.sql.DataSourceDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data sources of the demos leave no warnings in the log that newcomers look at. */
class DataSourcesTest {
    /**
     * Payara 6.2025.10 warns of a size that is not given. Every 5 minutes its thread that refills pools warns of each
     * connection that it cannot open, since it does not find the script of the application.
     */
    @ParameterizedTest
    @ValueSource(classes = {Shop.class, KeptNotices.class})
    void dataSource_pool_hasALimitAndIsNotRefilled(Class<?> bean) {
        DataSourceDefinition source = bean.getAnnotation(DataSourceDefinition.class);
        assertThat(source.maxPoolSize()).isPositive();
        assertThat(source.minPoolSize()).isZero();
    }
}
