package io.stompline.security.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keys at an address. Follows no redirect: else whoever redirects decides who may log in. Thread-safe. */
final class KeyAddress implements KeySource {
    /** Less than the default of stompline.connect-timeout: a CONNECT may wait for it. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int OK = 200;

    private final URI address;
    private final Duration timeout;

    /** Made at the first use, on the thread that fetches: its own threads inherit the class loader from there. */
    private Optional<HttpClient> client = Optional.empty();

    /** @param timeout for the whole answer */
    KeyAddress(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** The fault of an address, to follow the key of the setting. */
    static Optional<String> fault(URI address) {
        if (address.getHost() == null) {
            return Optional.of("is an address without a host");
        }
        boolean secure = address.getScheme().equals("https");
        return secure || isThisMachine(address.getHost())
                ? Optional.empty()
                : Optional.of("must be an https: address; http: is for localhost only");
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    /** Without user, password and query. */
    @Override
    public String name() {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + address.getPath();
    }

    @Override
    public String read() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/jwk-set+json, application/json")
                .timeout(timeout)
                .build();
        CompletableFuture<HttpResponse<String>> answer =
                client().sendAsync(request, info -> new LimitedBody(MAX_BYTES));
        try {
            HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException("the answer has the status " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("this server stops", e);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e);
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * Lets go of the client: JDK 17 cannot close it, and ends its threads, which keep the class loader of who made
     * them, when nobody refers to it.
     */
    @Override
    public synchronized void close() {
        client = Optional.empty();
    }

    private synchronized HttpClient client() {
        if (client.isEmpty()) {
            client = Optional.of(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout)
                    .build());
        }
        return client.get();
    }
}
