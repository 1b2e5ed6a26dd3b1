package io.stompline.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What an application has beside the recipes of the guide's chapter on logins: a page, a database, a secret. */
public final class LoginRecipes {
    private LoginRecipes() {}

    /** What the provider of OpenID Connect knows the application by. */
    @Named("secrets")
    @ApplicationScoped
    public static class Secrets {
        /** The secret. */
        public String getOpenId() {
            return "the secret of the client";
        }
    }

    /** A page that needs a login. */
    @WebServlet("/members")
    @ServletSecurity(@HttpConstraint(rolesAllowed = "chatter"))
    public static class Members extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("Hello, " + request.getUserPrincipal().getName());
        }
    }

    /** The database. */
    @Singleton
    @Startup
    @DataSourceDefinition(
            name = "java:app/users",
            className = "org.h2.jdbcx.JdbcDataSource",
            url = "jdbc:h2:mem:users;DB_CLOSE_DELAY=-1",
            user = "sa",
            password = "")
    public static class Database {
        @Resource(lookup = "java:app/users")
        private DataSource source;

        @Inject
        private Pbkdf2PasswordHash hashes;

        /** Enters one user; another application of the same server may have done it. */
        @PostConstruct
        void fill() {
            try (Connection connection = source.getConnection()) {
                connection
                        .createStatement()
                        .execute(
                                "create table if not exists account (name varchar_ignorecase primary key, hash varchar)");
                connection
                        .createStatement()
                        .execute("create table if not exists account_role (name varchar primary key, role varchar)");
                connection.createStatement().execute("merge into account_role values ('dora', 'chatter')");
                try (PreparedStatement merge = connection.prepareStatement("merge into account values ('dora', ?)")) {
                    merge.setString(1, hashes.generate("passcode of dora".toCharArray()));
                    merge.execute();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
