package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import io.stompline.application.ApplicationWar;
import io.stompline.application.LoginRecipes;
import io.stompline.application.TestUsers;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.OpenIdProvider;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes of the guide's chapter on logins as they stand there: a database, a directory, OpenID Connect. */
class LoginRecipesIT {
    private static final String RULES =
            "allow role:chatter subscribe /topic/talk\nallow role:user subscribe /topic/talk\n";

    private static final String PERSISTENCE = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="users"><jta-data-source>java:app/users</jta-data-source></persistence-unit>
            </persistence>
            """;

    @TempDir
    private static Path scratch;

    private static InMemoryDirectoryServer directory;
    private static OpenIdProvider provider;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example");
        config.setSchema(null);
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: dc=example", "dc: example", "objectClass: domain");
        directory.add("dn: ou=people,dc=example", "ou: people", "objectClass: organizationalUnit");
        directory.add("dn: ou=roles,dc=example", "ou: roles", "objectClass: organizationalUnit");
        directory.add(
                "dn: uid=lea,ou=people,dc=example",
                "uid: lea",
                "objectClass: inetOrgPerson",
                "userPassword: passcode of lea");
        directory.add(
                "dn: cn=chatter,ou=roles,dc=example",
                "cn: chatter",
                "objectClass: groupOfNames",
                "member: uid=lea,ou=people,dc=example");
        directory.startListening();
        provider = new OpenIdProvider("olga");
        Chapter logins = Chapter.named("logins")
                .with("ldaps://directory.example", "ldap://localhost:" + directory.getListenPort())
                .with("https://id.example/realms/chat", provider.address());
        server = ServerProcess.product()
                .war(war(logins.java("InDatabase"), logins.java("InDirectory"), logins.java("AtProvider")))
                .beside(named("accounts.war", war(logins.java("Accounts"))))
                .start();
    }

    private static Path war(String... beans) throws IOException {
        Path classes = Files.createTempDirectory(scratch, "classes");
        Chapter.compile(classes, List.of(beans));
        return ApplicationWar.write(
                ApplicationWar.add(ApplicationWar.of(LoginRecipes.class), classes, "WEB-INF/classes")
                        .deleteClass(TestUsers.class)
                        .addAsResource(new StringAsset(RULES), "META-INF/stompline.rules")
                        .addAsResource(new StringAsset(PERSISTENCE), "META-INF/persistence.xml")
                        .addAsLibrary(ApplicationWar.jarOf("org.h2.Driver").toFile()));
    }

    /** Two applications of one server have two names. */
    private static Path named(String name, Path war) throws IOException {
        return Files.move(war, war.resolveSibling(name));
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
        directory.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/stomp, dora, passcode of dora, RECEIPT",
        "/stomp, dora, passcode of lea, ERROR",
        "/stomp, lea, passcode of lea, RECEIPT",
        "/stomp, lea, passcode of dora, ERROR",
        "/stomp, lea, '', ERROR",
        "/stomp, '*', passcode of lea, ERROR",
        "/accounts/stomp, dora, passcode of dora, RECEIPT",
        "/accounts/stomp, dora, passcode of lea, ERROR",
        "/accounts/stomp, lea, passcode of lea, ERROR"
    })
    void login_ofDatabaseOrDirectory_hasItsRoles(String endpoint, String login, String passcode, String answer)
            throws Exception {
        try (RawClient client = RawClient.open(server.stompUri().resolve(endpoint))) {
            client.send("CONNECT\naccept-version:1.2\nhost:localhost\nlogin:" + login + "\npasscode:" + passcode
                    + "\n\n\0" + "SUBSCRIBE\nid:s\ndestination:/topic/talk\nreceipt:r\n\n\0");
            ReceivedFrame first = ReceivedFrame.next(client);
            if (first.command().equals("CONNECTED")) {
                assertThat(first.header("user-name")).isEqualTo(login);
                first = ReceivedFrame.next(client);
            }
            assertThat(first.command()).isEqualTo(answer);
        }
    }

    /** The table of accounts ignores case. */
    @Test
    void login_nameInAnotherCase_isTheUserWhoIsStored() throws Exception {
        try (RawClient client = RawClient.open(server.stompUri().resolve("/accounts/stomp"))) {
            client.send("CONNECT\naccept-version:1.2\nhost:localhost\nlogin:DORA\npasscode:passcode of dora\n\n\0");
            assertThat(ReceivedFrame.next(client).header("user-name")).isEqualTo("dora");
        }
    }

    @Test
    void login_ofOpenIdConnect_isThatOfThePage() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpResponse<String> page = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build()
                .send(HttpRequest.newBuilder(server.uri("/members")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.body()).isEqualTo("Hello, olga");

        String cookie = cookies.getCookieStore().getCookies().stream()
                .map(each -> each.getName() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
        try (RawClient client = RawClient.open(server.stompUri(), Map.of("Cookie", cookie))) {
            client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
            assertThat(ReceivedFrame.next(client).header("user-name")).isEqualTo("olga");
            Clients.subscribed(client, "/topic/talk");
        }
        try (RawClient stranger = RawClient.open(server.stompUri())) {
            stranger.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
            assertThat(ReceivedFrame.next(stranger).command()).isEqualTo("ERROR");
        }
    }
}
