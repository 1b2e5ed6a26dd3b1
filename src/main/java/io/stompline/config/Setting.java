package io.stompline.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every setting of Stompline, declared once: code, texts of errors and the page {@code settings.md} take key, type,
 * default, range and sentence from here.
 */
public enum Setting {
    PATH(
            Group.CONNECTIONS,
            "path",
            Type.PATH,
            "/stomp",
            "path of the endpoint, below the context root",
            "url, endpoint"),
    HTTP_FALLBACK(
            Group.CONNECTIONS,
            "http-fallback",
            Type.TEXT,
            "on",
            "whether clients that cannot open a WebSocket may connect over plain HTTP, below `path` at `/http`: `on` or"
                    + " `off`; see [Without WebSocket](http-fallback.md)",
            "server-sent events, sse, long polling, proxy, firewall, sockjs"),
    ALLOWED_ORIGINS(
            Group.CONNECTIONS,
            "allowed-origins",
            Type.LIST,
            "",
            "origins that may connect besides the own host, such as `https://shop.example`; `https://*.shop.example` is all"
                    + " hosts below `shop.example`, at any depth, and not that host itself",
            "cors, cross-site, origin"),
    HOSTS(
            Group.CONNECTIONS,
            "hosts",
            Type.LIST,
            "",
            "hosts that clients may ask for, such as `chat.example`; `*.example.org` is all hosts below"
                    + " `example.org`; without a port"
                    + " every port is meant; others get 400, except at `/health`; empty is no check",
            "host header, dns rebinding, virtual host, server name"),
    PROXIES(
            Group.CONNECTIONS,
            "proxies",
            Type.LIST,
            "",
            "proxies whose `Forwarded` and `X-Forwarded-…` headers are believed, as addresses or networks such as"
                    + " `10.0.0.0/8, fd00::/8`; see [Behind a proxy](proxies.md)",
            "reverse proxy, load balancer, nginx, haproxy, tls, ip"),
    CONNECT_TIMEOUT(
            Group.CONNECTIONS,
            "connect-timeout",
            time(10_000, 1),
            "longest time from opening to a whole CONNECT",
            "timeout, handshake"),
    CONNECTIONS_MAX(
            Group.CONNECTIONS,
            "connections.max",
            number(20_000, 0, 1_000_000),
            "connections of this node; 0 is no limit",
            "limit"),
    CONNECTIONS_MAX_PER_USER(
            Group.CONNECTIONS,
            "connections.max-per-user",
            number(100, 0, 1_000_000),
            "connections of one user on this node; 0 is no limit",
            "limit, tabs"),
    CONNECTIONS_MAX_PER_ADDRESS(
            Group.CONNECTIONS,
            "connections.max-per-address",
            number(0, 0, 1_000_000),
            "connections from one address; 0, the default because offices share one address, is no limit",
            "limit, ip"),
    HANDSHAKES_MAX_PER_SECOND(
            Group.CONNECTIONS,
            "handshakes.max-per-second",
            number(0, 0, 1_000_000),
            "handshakes in a second; further ones get 503 with `Retry-After`; 0 is no limit",
            "limit, rate, reconnect"),
    HANDSHAKES_MAX_PER_ADDRESS_PER_SECOND(
            Group.CONNECTIONS,
            "handshakes.max-per-address-per-second",
            number(0, 0, 1_000_000),
            "handshakes in a second from one address; 0 is no limit",
            "limit, rate, ip"),
    COMPRESSION(
            Group.CONNECTIONS,
            "compression",
            Type.TEXT,
            "off",
            "`on` compresses messages of 1 KiB and more for clients that offer it, as browsers do"
                    + " (`permessage-deflate`), except those for one user; read about [compression](operation.md#compression)"
                    + " first",
            "permessage-deflate, gzip, zip, bandwidth, mobile, RFC 7692"),
    COMPRESSION_USER_DESTINATIONS(
            Group.CONNECTIONS,
            "compression.user-destinations",
            Type.LIST,
            "",
            "destinations of users whose messages are compressed, too, such as `/user/queue/reports` or `/user/queue/**`:"
                    + " none that has a secret and text of somebody else in one message",
            "permessage-deflate, BREACH, CRIME"),
    MESSAGE_SENDER(
            Group.SECURITY,
            "message.sender",
            Type.FLAG,
            "true",
            "whether a MESSAGE says in its header sender which user sent it; false where names are private",
            "author, from, user"),
    LOGIN_MAX_FAILURES(
            Group.SECURITY,
            "login.max-failures",
            number(5, 0, 1_000),
            "different wrong passcodes of a login from one address, after which this login from this address is refused; 0 never"
                    + " refuses",
            "brute force, passcode, lock"),
    LOGIN_MAX_FAILURES_PER_ADDRESS(
            Group.SECURITY,
            "login.max-failures-per-address",
            number(50, 0, 100_000),
            "different wrong passcodes and tickets from one address, whatever the login, after which its logins by passcode or"
                    + " ticket are refused; 0 never refuses",
            "brute force, password spraying, passcode, ticket, lock"),
    LOGIN_LOCK_TIME(
            Group.SECURITY,
            "login.lock-time",
            time(60_000),
            "how long logins are refused after `login.max-failures` or `login.max-failures-per-address`, from the first failure on",
            "brute force, lock"),
    LOGIN_WAYS(
            Group.SECURITY,
            "login.ways",
            Type.LIST,
            "",
            "ways to log in that are open, of `token`, `ticket`, `passcode` and `container`; without it all of them;"
                    + " see [Logins](logins.md)",
            "jwt, bearer, oauth, openid, basic, session, one-time"),
    USERS_FILE(
            Group.SECURITY,
            "users.file",
            Type.TEXT,
            "",
            "file of users who log in with login and passcode, instead of an identity store of the application; read"
                    + " again when"
                    + " it changes; see [Logins](logins.md)",
            "accounts, passwords, authentication, htpasswd"),
    RULES_FILE(
            Group.SECURITY,
            "rules.file",
            Type.TEXT,
            "",
            "file of rules that say who may send and subscribe where; without it `META-INF/stompline.rules` of the application",
            "authorization, permissions, ACL, roles"),
    RULES_REQUIRED(
            Group.SECURITY,
            "rules.required",
            Type.FLAG,
            "false",
            "whether the application refuses to start without rules; otherwise every user may send and subscribe everywhere",
            "authorization, permissions"),
    DENIED(
            Group.SECURITY,
            "denied",
            Type.TEXT,
            "error",
            "what answers a SEND or SUBSCRIBE that is not allowed: `error`, an ERROR and the end of the connection, as STOMP has it;"
                    + " or `message`, a message at `/user/queue/errors`, and the connection stays, also after a SUBSCRIBE that is not"
                    + " possible",
            "authorization, permissions, forbidden"),
    ACCESS_RECHECK(
            Group.SECURITY,
            "access.recheck",
            time(60_000),
            "how often open subscriptions are checked again if a check of the rules or the application's own access control"
                    + " decides; what is not allowed any more ends as `denied` says; 0 is never",
            "authorization, permissions, revoke"),
    QUEUE_MAX_PER_USER(
            Group.SECURITY,
            "queue.max-per-user",
            number(1_000, 0, 1_000_000),
            "different queues that a user may send to while this node runs; 0 is no limit",
            "limit, quota"),
    TOPIC_MAX_PER_USER(
            Group.SECURITY,
            "topic.max-per-user",
            number(10_000, 0, 1_000_000),
            "different topics that a user may send or subscribe to, and different queues that it may subscribe to, within two"
                    + " minutes, counted anew after each two, over all connections to this node; 0 is no limit",
            "limit, quota"),
    QUEUE_MAX_BYTES_PER_USER(
            Group.SECURITY,
            "queue.max-bytes-per-user",
            octets(64 * 1024 * 1024, 0, Integer.MAX_VALUE),
            "what a user has sent to queues, or delayed to topics, and nobody has got, with 512 octets for each message;"
                    + " 0 is no limit; embedded broker only",
            "limit, quota, full"),
    QUEUE_MAX_BROKER_PERCENT(
            Group.SECURITY,
            "queue.max-broker-percent",
            number(80, 1, 100),
            "how full the embedded broker may be for clients to send to queues, and to topics that keep more than 1 MiB"
                    + " for durable subscriptions; the rest is for beans and live topics",
            "limit, quota, full, high-water mark"),
    DURABLE_MAX_PER_USER(
            Group.SECURITY,
            "durable.max-per-user",
            number(10, 0, 1_000_000),
            "durable subscriptions of a user, those without a client included; with a separate broker those that were"
                    + " used since the start of this server; 0 is no limit",
            "limit, quota"),
    DURABLE_MAX_BYTES(
            Group.SECURITY,
            "durable.max-bytes",
            octets(12 * 1024 * 1024, 0, Integer.MAX_VALUE),
            "what the message broker keeps for a durable subscription, unacknowledged messages included, with 512"
                    + " octets for each; above it the subscription loses its oldest messages; those to one topic together keep"
                    + " twice as much, or whoever holds most is disconnected; 0 is no limit; embedded broker only",
            "limit, quota, full, backlog, offline, retention"),
    SEND_MAX_PER_USER_PER_SECOND(
            Group.SECURITY,
            "send.max-per-user-per-second",
            number(100_000, 0, 10_000_000),
            "SEND frames of a user in a second, over all connections to this node; further ones wait; the default binds only a"
                    + " flood; 0 is no limit",
            "rate, flood, throttle, quota"),
    SEND_MAX_BYTES_PER_USER_PER_SECOND(
            Group.SECURITY,
            "send.max-bytes-per-user-per-second",
            octets(64 * 1024 * 1024, 0, Integer.MAX_VALUE),
            "bodies of these SEND frames; further ones wait; the default binds only a flood; 0 is no limit",
            "rate, flood, throttle, quota, bandwidth"),
    TOKEN_KEYS(
            Group.TOKENS,
            "token.keys",
            Type.TEXT,
            "",
            "keys that tokens are signed with: an `https:` address of a JWKS, or a file of JWKS or PEM; without it"
                    + " tokens are"
                    + " refused",
            "jwt, bearer, oauth, openid, keycloak, jwks, public key"),
    TOKEN_ISSUER(
            Group.TOKENS,
            "token.issuer",
            Type.TEXT,
            "",
            "what a token must have as `iss`; needed with `token.keys`",
            "jwt, openid"),
    TOKEN_AUDIENCE(
            Group.TOKENS,
            "token.audience",
            Type.LIST,
            "",
            "one of these a token must have in `aud`; needed with `token.keys`",
            "jwt, client id"),
    TOKEN_ALGORITHMS(
            Group.TOKENS,
            "token.algorithms",
            Type.LIST,
            "RS256, ES256",
            "algorithms that a token may be signed with, of `RS`, `PS` and `ES` with `256`, `384` or `512`; those"
                    + " with `HS` for"
                    + " secrets in a file of JWKS only",
            "jwt, signature, rsa, ecdsa, hmac"),
    TOKEN_USER(
            Group.TOKENS,
            "token.user",
            Type.LIST,
            "upn, preferred_username, sub",
            "claim that names the user; the first of them that the token has",
            "jwt, principal, name"),
    TOKEN_ROLES(
            Group.TOKENS,
            "token.roles",
            Type.TEXT,
            "groups",
            "claim that has the roles, or the path to it, such as `realm_access/roles`",
            "jwt, groups, scope"),
    TOKEN_SKEW(
            Group.TOKENS,
            "token.skew",
            time(60_000, 0, 60_000),
            "how far the clocks of issuer and server may be apart; an expired token is taken no longer than"
                    + " `token.grace`",
            "jwt, clock, exp, nbf"),
    TOKEN_GRACE(
            Group.TOKENS,
            "token.grace",
            time(25_000),
            "how long a connection stays open after its token has expired, for the client to renew it",
            "jwt, expiry, refresh"),
    FRAME_MAX_BYTES(
            Group.FRAMES,
            "frame.max-bytes",
            octets(64 * 1024, 1024, 64 * 1024 * 1024),
            "largest frame",
            "limit, size, message size"),
    FRAME_MAX_CONNECT_BYTES(
            Group.FRAMES,
            "frame.max-connect-bytes",
            octets(16 * 1024, 256, 1024 * 1024),
            "largest frame before CONNECTED",
            "limit, size"),
    FRAME_MAX_HEADERS(Group.FRAMES, "frame.max-headers", number(64, 8, 1_000), "header lines in a frame", "limit"),
    FRAME_MAX_HEADER_LINE_BYTES(
            Group.FRAMES,
            "frame.max-header-line-bytes",
            octets(8 * 1024, 256, 1024 * 1024),
            "longest header line",
            "limit, size"),
    FRAME_MAX_HEADERS_BYTES(
            Group.FRAMES,
            "frame.max-headers-bytes",
            octets(16 * 1024, 512, 1024 * 1024),
            "all headers of a frame",
            "limit, size"),
    FRAME_MAX_PER_SECOND(
            Group.FRAMES,
            "frame.max-per-second",
            number(0, 0, 1_000_000),
            "frames of a connection carried out in a second; further ones wait; 0 is no limit",
            "rate, flood, throttle"),
    FRAME_TIMEOUT(
            Group.FRAMES,
            "frame.timeout",
            time(60_000, 1),
            "longest time from the first octet of a STOMP frame or WebSocket message to its last, with a second more for"
                    + " each KiB of it that has come",
            "slow loris, stalled, half frame, upload"),
    HEADER_MAX_DESTINATION_CHARS(
            Group.FRAMES,
            "header.max-destination-chars",
            chars(256, 16, 4096),
            "longest destination; the JMS name that becomes of it has at most 200 octets with OpenMQ",
            "limit"),
    HEADER_MAX_ID_CHARS(
            Group.FRAMES,
            "header.max-id-chars",
            chars(128, 16, 4096),
            "longest id, receipt, transaction, client-id and name",
            "limit"),
    HEADER_MAX_SELECTOR_CHARS(
            Group.FRAMES, "header.max-selector-chars", chars(1024, 16, 16 * 1024), "longest selector", "limit, filter"),
    WEBSOCKET_MAX_BYTES(
            Group.FRAMES,
            "websocket.max-bytes",
            octets(1_179_648, 1024, Integer.MAX_VALUE),
            "largest WebSocket frame; a larger one ends the connection with ERROR and 1009; the start class keeps it above the largest STOMP frame",
            "limit, size, start class"),
    HEART_BEAT_SEND(
            Group.HEART_BEATS,
            "heart-beat.send",
            time(10_000),
            "interval of heart-beats that the server offers",
            "ping, keep-alive"),
    HEART_BEAT_EXPECT(
            Group.HEART_BEATS,
            "heart-beat.expect",
            time(10_000),
            "interval of heart-beats that the server wants",
            "ping, keep-alive"),
    HEART_BEAT_SHORTEST(
            Group.HEART_BEATS,
            "heart-beat.shortest",
            // The session clock ticks every 100 ms: shorter intervals would be late.
            time(1_000, 500),
            "shortest interval in either direction, whatever a client asks for",
            "ping, keep-alive"),
    PING_INTERVAL(
            Group.HEART_BEATS,
            "ping.interval",
            time(25_000, 1),
            "silence after which a client is pinged; half of what is allowed if that is less",
            "keep-alive, websocket ping, proxy"),
    PING_TIMEOUT(
            Group.HEART_BEATS,
            "ping.timeout",
            time(60_000, 1),
            "silence, pings unanswered, after which a client without heart-beats, or above 5 minutes, is disconnected;"
                    + " one that reads on after its connection was full is not silent",
            "timeout, keep-alive, idle"),
    SUBSCRIPTION_MAX(
            Group.SUBSCRIPTIONS, "subscription.max", number(128, 1, 100_000), "subscriptions of a connection", "limit"),
    SUBSCRIPTION_MAX_UNACKNOWLEDGED(
            Group.SUBSCRIPTIONS,
            "subscription.max-unacknowledged",
            number(100, 1, 10_000),
            "unacknowledged messages of a queue subscription, those acknowledged in an open transaction included;"
                    + " about a sixth as many, some 15 at most, are fetched ahead beside them, below 6 none",
            "prefetch, credit, flow control"),
    SUBSCRIPTION_MAX_UNACKNOWLEDGED_OF_TOPIC(
            Group.SUBSCRIPTIONS,
            "subscription.max-unacknowledged-of-topic",
            number(10_000, 1, 1_000_000),
            "unacknowledged messages of a topic subscription; one more ends the connection, because topics do not wait",
            "prefetch, slow consumer"),
    TRANSACTION_MAX_OPEN(
            Group.SUBSCRIPTIONS,
            "transaction.max-open",
            number(16, 1, 1_000),
            "open transactions of a connection",
            "limit"),
    TRANSACTION_MAX_FRAMES(
            Group.SUBSCRIPTIONS,
            "transaction.max-frames",
            number(1_000, 1, 100_000),
            "SEND, ACK and NACK frames of a transaction",
            "limit"),
    TRANSACTION_MAX_BYTES(
            Group.SUBSCRIPTIONS,
            "transaction.max-bytes",
            octets(4 * 1024 * 1024, 1024, 64 * 1024 * 1024),
            "bodies of a transaction together",
            "limit, size"),
    TRANSACTION_TIMEOUT(
            Group.SUBSCRIPTIONS,
            "transaction.timeout",
            time(60_000, 1),
            "longest time from BEGIN to COMMIT",
            "timeout"),
    SLOW(
            Group.SLOW_CLIENTS,
            "slow",
            Type.LIST,
            "",
            "what a client that reads slowly loses of which topics and `/user/` destinations, such as `/topic/prices/** latest,"
                    + " /topic/cursors/** latest key=client, /topic/log/** oldest 100`; without a rule its connection ends; see"
                    + " [Slow clients](slow-clients.md)",
            "back-pressure, conflation, throttle, drop, outbox, overflow, slow consumer"),
    OUTBOX_MAX_BYTES(
            Group.SLOW_CLIENTS,
            "outbox.max-bytes",
            octets(512 * 1024, 16 * 1024, 64 * 1024 * 1024),
            "frames that wait for a client to read them; the topic message that does not fit ends the connection, or takes the place"
                    + " of others as `slow` says; queues wait",
            "slow consumer, buffer, back-pressure"),
    OUTBOX_MAX_WRITE_BYTES(
            Group.SLOW_CLIENTS,
            "outbox.max-write-bytes",
            octets(8 * 1024, 1, 1024 * 1024),
            "waiting frames that go out in one write to the socket",
            "batch, buffer"),
    OUTBOX_MERGE(
            Group.SLOW_CLIENTS,
            "outbox.merge",
            Type.FLAG,
            "false",
            "whether they are one WebSocket message, not one each; saves CPU time of browsers that get thousands of messages"
                    + " a second, but some clients read only the first STOMP frame of a WebSocket message",
            "batch, frame, krossbow"),
    OUTBOX_STALL_TIMEOUT(
            Group.SLOW_CLIENTS,
            "outbox.stall-timeout",
            time(10_000, 1),
            "longest time that a client reads nothing while frames wait that no rule of stompline.slow drops",
            "slow consumer, timeout"),
    WRITER_THREADS(
            Group.SLOW_CLIENTS,
            "writer-threads",
            number(2, 1, 64),
            "threads that send to clients",
            "threads, performance"),
    BROKER_TIMEOUT(
            Group.BROKER,
            "broker-timeout",
            time(30_000),
            "how long a SEND or COMMIT waits while the message broker is away; a SUBSCRIBE waits until it is back",
            "timeout, reconnect"),
    HANDLER_TIMEOUT(
            Group.OPERATIONS,
            "handler-timeout",
            time(10_000, 1),
            "how long the CompletionStage that a handler method returns may take",
            "timeout, async, beans"),
    HISTORY(
            Group.BROKER,
            "history",
            Type.LIST,
            "",
            "topics, and `/user/` destinations, of which each node keeps the last messages for those who come late or come"
                    + " back, with how many and how long, such as `/topic/chat/** 100 5m, /user/** 20 10m`; the first that"
                    + " matches counts; see [History](history.md)",
            "rewind, replay, resume, recovery, retained, late join"),
    HISTORY_MAX_BYTES(
            Group.BROKER,
            "history.max-bytes",
            octets(64 * 1024 * 1024, 0, Integer.MAX_VALUE),
            "memory of the node for all that it keeps, about; above it the topic that was quiet for longest forgets its"
                    + " oldest messages, last values at the end",
            "limit, memory"),
    HISTORY_OVERLAP(
            Group.BROKER,
            "history.overlap",
            time(10_000, 100, 600_000),
            "on another node than before, a page gets again what was published in this time before it left, marked"
                    + " `redelivered:true`; if messages come later to a node than after half of it, or its clock is wrong by more"
                    + " than half, the page is told that messages may be missing",
            "resume, recovery, duplicates, clock, skew, cluster"),
    LAST_VALUE(
            Group.BROKER,
            "last-value",
            Type.LIST,
            "",
            "topics, and `/user/` destinations, of which each node keeps the last message, or that of each value of a"
                    + " header, and shows it to new subscribers, such as `/topic/prices/*, /topic/board key=cell ttl=5m`;"
                    + " they have no history; see [Last value](last-value.md)",
            "retained, retain, state, late join, snapshot, cache, key"),
    PRESENCE(
            Group.BROKER,
            "presence",
            Type.LIST,
            "",
            "topics of which it is known on all nodes who is subscribed, such as `/topic/rooms/**`: a SUBSCRIBE to"
                    + " `/presence/topic/rooms/42` gives the list, then who joins and leaves; see"
                    + " [Presence](presence.md)",
            "who is there, online, members, users, join, leave"),
    INBOX_DATA_SOURCE(
            Group.BROKER,
            "inbox.data-source",
            Type.TEXT,
            "",
            "JNDI name of the application's data source, such as `jdbc/app`, in whose table `stompline_inbox` messages are"
                    + " kept for users until they acknowledge them; without it none is kept; see"
                    + " [Kept notifications](kept-notifications.md)",
            "notification, offline, database, jdbc, unread, alerts"),
    INBOX_MAX_PER_USER(
            Group.BROKER,
            "inbox.max-per-user",
            number(1_000, 1, 100_000),
            "messages that are kept for one user; above it the oldest is deleted",
            "notification, limit, unread"),
    LOCAL_TOPICS(
            Group.BROKER,
            "local-topics",
            Type.LIST,
            "",
            "topics in the memory of this node that do not pass the message broker, such as `/topic/cursors/**`",
            "in-memory, performance"),
    JMS_ADDRESS(
            Group.BROKER,
            "jms.address",
            Type.TEXT,
            "mq://localhost/direct",
            "address of the message broker; `mq://localhost/direct` is the embedded OpenMQ",
            "broker, cluster"),
    JMS_CONNECTION_FACTORY(
            Group.BROKER,
            "jms.connection-factory",
            Type.TEXT,
            "",
            "JNDI name of a connection factory to use instead; OpenMQ's own tells address and user",
            "jndi, broker"),
    JMS_USER(
            Group.BROKER,
            "jms.user",
            Type.TEXT,
            "",
            "user at the message broker; set by the start class for the embedded one",
            "login"),
    JMS_PASSWORD_FILE(
            Group.BROKER,
            "jms.password-file",
            Type.TEXT,
            "",
            "file whose first line is the password; set by the start class for the embedded one",
            "secret"),
    JMS_TRANSACTED_CONNECTION_FACTORY(
            Group.BROKER,
            "jms.transacted-connection-factory",
            Type.TEXT,
            "jms/stompline",
            "JNDI name of the connection factory with which beans publish in transactions",
            "jndi, jta, xa"),
    JMS_PUBLISHERS(Group.BROKER, "jms.publishers", number(48, 1, 256), "JMS sessions that publish", "pool, producers"),
    JMS_MAX_BODY_BYTES(
            Group.BROKER,
            "jms.max-body-bytes",
            octets(2 * 1024 * 1024, 1024, 64 * 1024 * 1024),
            "longest body of a message, whoever publishes it; the embedded broker is set to take it",
            "limit, size, message size"),
    JMS_REQUEST_TIMEOUT(
            Group.BROKER,
            "jms.request-timeout",
            time(5_000, 1),
            "longest wait for an answer of the message broker",
            "timeout"),
    JMS_RECONNECT_MIN(Group.BROKER, "jms.reconnect-min", time(500), "first pause before reconnecting", "back-off"),
    JMS_RECONNECT_MAX(Group.BROKER, "jms.reconnect-max", time(5_000), "longest pause before reconnecting", "back-off"),
    JMS_MAX_DELIVERIES(
            Group.BROKER,
            "jms.max-deliveries",
            number(5, 1, 1_000),
            "deliveries after which a refused message goes to the dead message queue",
            "redelivery, nack"),
    JMS_REDELIVERY_DELAY(
            Group.BROKER,
            "jms.redelivery-delay",
            time(1_000, 0, 3_600_000),
            "pause before a refused message is delivered for the third time; it doubles each time, up to 10 minutes or"
                    + " this if it is longer; the second delivery comes at once; 0 is no pause",
            "redelivery, nack, back-off, retry"),
    JMS_DEAD_MESSAGE_QUEUE(
            Group.BROKER,
            "jms.dead-message-queue",
            Type.TEXT,
            "stompline.dead",
            "JMS name of the dead message queue, which no client and no bean can use by its STOMP name",
            "dead letter"),
    HELP(
            Group.OPERATIONS,
            "help",
            Type.TEXT,
            "",
            "page that the header `help` of an ERROR leads to, without the `#`; by default the guide of this application, if it"
                    + " has one, as `stompline.war` does",
            "error, documentation, link"),
    METRICS_ROLE(
            Group.OPERATIONS,
            "metrics.role",
            Type.TEXT,
            "",
            "role that may see `/metrics`; without it nobody may; of the assembled server read by the start class, too",
            "prometheus, monitoring"),
    ASYNCAPI_ROLE(
            Group.OPERATIONS,
            "asyncapi.role",
            Type.TEXT,
            "",
            "role that may see `/asyncapi.json` and `/destinations.d.ts`; without it nobody may; see [Types for the browser](types.md)",
            "documentation, typescript, schema, openapi"),
    STOP_SPREAD(
            Group.OPERATIONS,
            "stop.spread",
            time(3_000, 0, 600_000),
            "over how long the ends of connections are spread when the server stops, 10 in a second at least; each has up to"
                    + " as long, but at most 2 s, to finish and to acknowledge; 0 ends all at once",
            "shutdown, drain, grace, sigterm, lame duck, rolling restart"),
    DATA(
            Group.OPERATIONS,
            "data",
            Type.TEXT,
            "data",
            "directory of the embedded broker's messages, the log of transactions and a self-signed certificate; read by the"
                    + " start class",
            "disk, directory"),
    HTTP_ADDRESS(
            Group.OPERATIONS,
            "http.address",
            Type.TEXT,
            "127.0.0.1",
            "address that the server listens on; `0.0.0.0` is all; read by the start class",
            "bind, interface, listen"),
    HTTP2(
            Group.OPERATIONS,
            "http2",
            Type.FLAG,
            "false",
            "whether the server speaks HTTP/2 without TLS; with TLS it speaks HTTP/1.1 only; read by the start class",
            "h2c, upgrade, prior knowledge"),
    TLS_CERTIFICATE(
            Group.OPERATIONS,
            "tls.certificate",
            Type.TEXT,
            "",
            "file of the server's certificate, PEM or PKCS12; with it the port speaks TLS and nothing else; see"
                    + " [TLS](tls.md); read by the start class",
            "https, wss, ssl, pem, pkcs12, keystore, encryption"),
    TLS_KEY(
            Group.OPERATIONS,
            "tls.key",
            Type.TEXT,
            "",
            "file of the private key as PEM; with PKCS12, file whose first line is the password; read by the start class",
            "https, wss, ssl, private key, password"),
    TLS_CLIENT_CA(
            Group.OPERATIONS,
            "tls.client-ca",
            Type.TEXT,
            "",
            "file of the certificates, as PEM, of those who sign the certificates of clients: with it clients are asked"
                    + " for one; see [TLS](tls.md#certificates-of-clients); read by the start class",
            "mtls, mutual tls, client certificate, client-auth, trust store, truststore"),
    TLS_RELOAD_INTERVAL(
            Group.OPERATIONS,
            "tls.reload-interval",
            time(60_000, 1_000, 24 * 60 * 60 * 1_000),
            "how often these files are looked at; new connections get what is new in them; read by the start class",
            "renew, rotate, acme, let's encrypt, certbot, cert-manager"),
    TLS_SELF_SIGNED(
            Group.OPERATIONS,
            "tls.self-signed",
            Type.FLAG,
            "false",
            "whether the server makes itself a certificate for `localhost`, for trying; read by the start class",
            "https, wss, ssl, development, test");

    /** Parts of the page of settings, in its order. */
    public enum Group {
        CONNECTIONS("Connections"),
        SECURITY("Logins and quotas"),
        TOKENS("Tokens"),
        FRAMES("Frames"),
        HEART_BEATS("Heart-beats and pings"),
        SUBSCRIPTIONS("Subscriptions and transactions"),
        SLOW_CLIENTS("Clients that read slowly"),
        BROKER("The message broker"),
        OPERATIONS("Server and monitoring");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** The heading on the page. */
        public String title() {
            return title;
        }
    }

    /** Kinds of values. */
    public enum Type {
        /** A whole number. */
        NUMBER(""),
        /** A whole number of octets. */
        OCTETS("octets"),
        /** A whole number of characters: how long a header may be. */
        CHARS("characters"),
        /** A time such as {@code 10s}; a number alone is one of milliseconds. */
        TIME("ms"),
        /** Any text. */
        TEXT(""),
        /** Texts, separated by commas. */
        LIST("separated by commas"),
        /** The path of a URL. */
        PATH(""),
        /** {@code true} or {@code false}, in any case. */
        FLAG("");

        private final String unit;

        Type(String unit) {
            this.unit = unit;
        }

        /** The unit; empty if there is none. */
        public String unit() {
            return unit;
        }
    }

    private record Range(Type type, long defaultValue, long min, long max) {}

    /** 365 days: their nanoseconds fit into a long, also added to System.nanoTime(). */
    private static final long LONGEST_DAYS = 365;

    static final Duration LONGEST = Duration.ofDays(LONGEST_DAYS);

    private static final String PREFIX = "stompline.";

    /** System properties that the start class sets for boot commands: no settings. */
    private static final Set<String> SET_BY_START_CLASS = Set.of(
            "stompline.server.dir",
            "stompline.metrics.enabled",
            "stompline.starting",
            "stompline.tls.enabled",
            "stompline.transactions.name",
            "stompline.jms.password",
            "stompline.adapter.address",
            "stompline.adapter.user",
            "stompline.adapter.password");

    /**
     * Kubernetes gives every container {@code STOMPLINE_SERVICE_HOST}, {@code STOMPLINE_PORT} … for a service named
     * stompline.
     */
    private static final Pattern SET_BY_KUBERNETES = Pattern.compile("STOMPLINE_(.+_)?(SERVICE|PORT)(_.+)?");

    private final Group group;
    private final String key;
    private final Type type;
    private final String defaultValue;
    private final long min;
    private final long max;
    private final String sentence;
    private final String searchWords;

    Setting(Group group, String key, Type type, String defaultValue, String sentence, String searchWords) {
        this(group, key, type, defaultValue, 0, 0, sentence, searchWords);
    }

    Setting(Group group, String key, Range range, String sentence, String searchWords) {
        this(
                group,
                key,
                range.type(),
                Long.toString(range.defaultValue()),
                range.min(),
                range.max(),
                sentence,
                searchWords);
    }

    Setting(
            Group group,
            String key,
            Type type,
            String defaultValue,
            long min,
            long max,
            String sentence,
            String searchWords) {
        this.group = group;
        this.key = PREFIX + key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
        this.sentence = sentence;
        this.searchWords = searchWords;
    }

    private static Range number(long defaultValue, long min, long max) {
        return new Range(Type.NUMBER, defaultValue, min, max);
    }

    private static Range octets(long defaultValue, long min, long max) {
        return new Range(Type.OCTETS, defaultValue, min, max);
    }

    private static Range chars(long defaultValue, long min, long max) {
        return new Range(Type.CHARS, defaultValue, min, max);
    }

    private static Range time(long absentMillis) {
        return time(absentMillis, 0);
    }

    private static Range time(long absentMillis, long minMillis) {
        return time(absentMillis, minMillis, LONGEST_DAYS * 24 * 60 * 60 * 1000);
    }

    private static Range time(long absentMillis, long minMillis, long maxMillis) {
        return new Range(Type.TIME, absentMillis, minMillis, maxMillis);
    }

    /** The part of the page that it belongs to. */
    public Group group() {
        return group;
    }

    /** The key, such as {@code stompline.frame.max-bytes}. */
    public String key() {
        return key;
    }

    /** The environment variable for it (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    public String environmentVariable() {
        return variable(key);
    }

    /** Keys of MicroProfile JWT 2.1 that are read in this order where it is not set. */
    public List<String> fallbacks() {
        return switch (this) {
            case TOKEN_KEYS -> List.of("mp.jwt.verify.publickey.location", "mp.jwt.verify.publickey");
            case TOKEN_ISSUER -> List.of("mp.jwt.verify.issuer");
            case TOKEN_AUDIENCE -> List.of("mp.jwt.verify.audiences");
            case TOKEN_ALGORITHMS -> List.of("mp.jwt.verify.publickey.algorithm");
            case TOKEN_SKEW -> List.of("mp.jwt.verify.clock.skew");
            default -> List.of();
        };
    }

    /** The kind of value that it takes. */
    public Type type() {
        return type;
    }

    /** The value where none is set, as one would set it; empty for none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** The least value of a number, or of a time in ms. */
    public long min() {
        return min;
    }

    /** The greatest value of a number, or of a time in ms. */
    public long max() {
        return max;
    }

    /** One sentence for {@code settings.md}. */
    public String sentence() {
        return sentence;
    }

    /** Words that people search for, separated by commas. */
    public String searchWords() {
        return searchWords;
    }

    /**
     * Whether a key or an environment variable begins like a setting and is none, and nothing that the start class sets
     * either.
     */
    static boolean isUnknown(String name) {
        if (isVariable(name)) {
            return known().map(Setting::variable).noneMatch(name::equals)
                    && !SET_BY_KUBERNETES.matcher(name).matches();
        }
        return name.startsWith(PREFIX) && known().noneMatch(name::equals);
    }

    /** The key or environment variable of a setting that is most like a mistyped one. */
    static String nearest(String mistyped) {
        return Nearest.of(
                        mistyped,
                        Arrays.stream(values()).map(isVariable(mistyped) ? Setting::environmentVariable : Setting::key))
                .orElseThrow();
    }

    private static Stream<String> known() {
        return Stream.concat(Arrays.stream(values()).map(Setting::key), SET_BY_START_CLASS.stream());
    }

    private static boolean isVariable(String name) {
        return name.startsWith(variable(PREFIX));
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
