package io.stompline.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.identitystore.DatabaseIdentityStoreDefinition;
import jakarta.security.enterprise.identitystore.LdapIdentityStoreDefinition;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The recipes of the guide's chapter on logins, all in one application. */
public final class LoginRecipes {
    private LoginRecipes() {}

    /** Where the test has its directory and its provider. */
    @Named("places")
    @ApplicationScoped
    public static class Places {
        @Inject
        @ConfigProperty(name = "test.directory")
        private String directory;

        @Inject
        @ConfigProperty(name = "test.provider")
        private String provider;

        /** An LDAP server. */
        public String getDirectory() {
            return directory;
        }

        /** A provider of OpenID Connect. */
        public String getProvider() {
            return provider;
        }
    }

    /** Users in a database. */
    @ApplicationScoped
    @DatabaseIdentityStoreDefinition(
            dataSourceLookup = "java:app/users",
            callerQuery = "select hash from account where name = ?",
            groupsQuery = "select role from account_role where name = ?")
    public static class InDatabase {}

    /** Users in a directory. */
    @ApplicationScoped
    @LdapIdentityStoreDefinition(
            url = "#{places.directory}",
            callerBaseDn = "ou=people,dc=example",
            callerNameAttribute = "uid",
            groupSearchBase = "ou=roles,dc=example")
    public static class InDirectory {}

    /** Users whom a provider of OpenID Connect knows. */
    @ApplicationScoped
    @DeclareRoles("chatter")
    @OpenIdAuthenticationMechanismDefinition(
            providerURI = "${places.provider}",
            clientId = "chat",
            clientSecret = "the secret of the client",
            redirectURI = "${baseURL}/callback",
            redirectToOriginalResource = true,
            claimsDefinition = @ClaimsDefinition(callerNameClaim = "preferred_username", callerGroupsClaim = "groups"))
    public static class AtProvider {}

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

        /** Enters one user. */
        @PostConstruct
        void fill() {
            try (Connection connection = source.getConnection()) {
                connection.createStatement().execute("create table account (name varchar primary key, hash varchar)");
                connection.createStatement().execute("create table account_role (name varchar, role varchar)");
                connection.createStatement().execute("insert into account_role values ('dora', 'chatter')");
                try (PreparedStatement insert = connection.prepareStatement("insert into account values ('dora', ?)")) {
                    insert.setString(1, hashes.generate("passcode of dora".toCharArray()));
                    insert.execute();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
