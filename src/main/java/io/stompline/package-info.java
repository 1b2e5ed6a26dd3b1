/**
 * Stompline: a STOMP server for browsers in a Jakarta EE application, bridged to Jakarta Messaging.
 *
 * <h2>Map; what each may know is stated and enforced by {@code ArchitectureTest}</h2>
 *
 * <pre>
 * frame                 bytes to STOMP frames and back: grammar, limits, escapes, versions
 * time                  reads times as people write them
 * config                the settings of a node, each declared once
 * metrics               counters and gauges, each declared once
 * bounds                bounded memory, logs and rates: RecentMap, OnceLog, TokenBucket
 * pem                   reads PEM files
 * threads               serial lanes, their thread pool, a clock that stands still with the process
 * api                   what an application imports
 * routing               destinations, messages, the port to the message broker
 *   .hub                who is subscribed on this node
 * cluster               what parts of the nodes tell each other
 * idempotency           what was sent under which key
 * inbox                 what is kept for users until they acknowledge it, in the application's database
 * history               what the node keeps of topics for those who come late or come back
 *   .lag                how promptly the nodes hear messages
 *   .rules              of which topics, and how much
 * presence              who is in which topic, on all nodes
 * security              who may connect, send and subscribe
 *   .audit              who was refused, what administrators did
 *   .container          whom the container says that a request is of
 *   .host               by which names the server may be asked for
 *   .proxy              where a request comes from that passed proxies
 *   .quota              how much one user may use up
 *   .rules              the file of access rules
 *   .ticket             secrets for one login
 *   .token              bearer tokens: keys, signatures, claims
 *   .users              the file of users
 * session               one connection: frames in, answers, time limits, end
 *   .protocol           rules of single frames: headers, negotiation, limits, errors
 *   .outbox             what waits to be sent, and the port to the transport
 *   .first              which messages a subscriber gets before the live stream
 *   .former             whose a session was that a client had before
 *   .kept               what one subscription has shown of what is kept for its user
 *   .opening            joins them with the live stream
 *   .rights              what the caller may do, now and later
 *   .timing             what waits, signs of life, the next check
 *   .subscription       MESSAGE frames, acknowledgements, temporary queues
 *   .port               what the session asks of others, and shows to them
 * deflate               compresses messages to clients, expands theirs
 * gateway               the way into a node for any transport
 * jms                   the port of routing, implemented with Jakarta Messaging
 *   .provider           what differs between OpenMQ and others
 *   .message            messages and names, mapped both ways
 *   .link               connections to the message broker, lost and opened again
 *   .feed               consumers
 * websocket             the WebSocket endpoint
 *   .stream             the bytes of one connection: which frames pass, how it ends
 *   .deflate            the extension permessage-deflate
 *   .tyrus              adaptations to Payara's WebSocket and HTTP parts, by reflection
 * http                  the same sessions over plain HTTP: streams and polls
 * web                   what all pages have in common
 * beans                 behind the api
 *   .handler            calls of handler methods
 *   .unheard            warnings of what nobody calls
 *   .contract           what clients may send and get: AsyncAPI, types for TypeScript
 *   .publishing         publishing in transactions, JSON
 *   .sessions           who is connected on all nodes, tickets, events
 * monitoring            what the node is doing now, and the export of metrics
 * app                   composition root
 * tls                   TLS of the assembled server: its certificate, the host of the message broker
 * server, demo          start class, demo beans; nobody imports them
 * grizzly, openmq       run inside Payara's HTTP listeners and the embedded OpenMQ; nobody imports them
 * </pre>
 *
 * <h2>A SEND, from bytes to Jakarta Messaging</h2>
 *
 * <pre>
 * websocket.StompEndpoint.text       a part of a WebSocket message
 * gateway.Inbox.accept               waits for room, then a task on the connection's SerialLane
 * session.StompSession.receive       bytes of one connection, in order
 * frame.FrameDecoder.decode          completes a Frame
 * session.Intake.frame               now, or later: rate, message broker away
 * session.FrameHandler.handle        version and required headers
 * session.Conversation.carryOut      by session.Repeats if it has a key
 * session.Sending.carryOut           what of the frame travels; at once, or with the transaction
 * session.rights.Rights.check        whether the caller may, by security.Permissions; checkRoom, by StoreQuota
 * routing.SplitBus.publish           local topics stay here
 * jms.JmsBus.publish                 to jms.Publisher
 * jms.link.BrokerLink.withProducer   the CurrentLink lends a ProducerSession of its ProducerPool
 * jms.message.Destinations.toJms     a jakarta.jms.Destination
 * jms.message.MessageWriter.write    a jakarta.jms.Message
 * jms.link.ProducerSession.send      returns when the message broker has it
 * session.FrameHandler.answer        queues the RECEIPT
 * </pre>
 *
 * <h2>A message of a topic, from Jakarta Messaging to the socket</h2>
 *
 * <pre>
 * jms.feed.TopicPump                 one consumer of a topic for the whole node; never blocks
 * jms.message.MessageReader.read     a routing.Message
 * routing.hub.Router                 the subscribers of the topic, one Broadcast for all
 * session.subscription.TopicSubscription   is it meant, does it have to wait for the first message
 * session.subscription.DirectSender  a MESSAGE frame; remembers what is to be acknowledged
 * session.outbox.Outbox.offer        bounded; the connection of a client that does not read ends
 * session.outbox.Sender              on the connection's writer thread: what waits, in few writes
 * session.outbox.Wire.send           the transport: websocket.WebSocketWire, and websocket.tyrus.TyrusWriter
 * </pre>
 *
 * <p>Where a rule of {@code stompline.slow} drops messages, session.subscription.DroppingSender offers them to the
 * Outbox with a session.outbox.Backlog, in place of the DirectSender. Messages of queues and durable subscriptions go
 * from a consumer of their own, jms.feed.FeedSession, to session.subscription.QueueSubscription, which waits for room;
 * those of a topic with a selector go from FeedSession to TopicSubscription.
 *
 * <h2>Glossary</h2>
 *
 * <pre>
 * message broker   OpenMQ or another server of Jakarta Messaging; never Stompline itself
 * MessageBus       the port of routing to the message broker
 * node             one Stompline in one server; several nodes share a message broker
 * client           the other side of a connection: a browser, mostly
 * connection       one opened transport, from handshake to close
 * session          a connection as STOMP sees it; after CONNECTED it has a caller
 * caller           the user that logged in
 * frame            a unit of STOMP; in WebSocket a "WebSocket frame"
 * message          what SEND publishes and MESSAGE delivers
 * destination      where a message goes: /topic/…, /queue/…, /user/…, /app/…, /temp-queue/…, /presence/topic/…
 * pattern          a destination with wildcards
 * subscription     one SUBSCRIBE of one connection
 * feed             a running consumer at the message broker, until it is closed
 * pump             a feed for all subscribers of this node
 * kept message     to a user, and in the application's database until one of the user's clients acknowledges it
 * delivery         a message on its way to the one consumer that has to settle it
 * settle           acknowledge or refuse a delivery
 * prefetch         how many deliveries a consumer may hold unsettled
 * lane             runs the tasks of one connection one after the other
 * producer session a JMS session with its producers, borrowed for one send
 * link             the JMS connections to the message broker, from opening to loss
 * wire             the transport of one connection, as the session uses it
 * </pre>
 */
package io.stompline;
