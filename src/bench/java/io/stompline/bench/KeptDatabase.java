package io.stompline.bench;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;

/** Has the server of {@link KeptRun} use its database. */
@Stateless
@DataSourceDefinition(
        name = KeptDatabase.NAME,
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${kept.database}",
        user = "postgres",
        password = "postgres")
public class KeptDatabase {
    static final String NAME = "java:app/kept";
}
