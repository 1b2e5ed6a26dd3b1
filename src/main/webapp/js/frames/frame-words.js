/** The meaning of commands and headers, a sentence each, with the place in the guide. */

/** Keys are commands; the guide's chapter is `frames` unless another is named. */
const COMMANDS = {
  CONNECT: ['Opens the STOMP connection: versions, who it is, heart-beats.'],
  STOMP: ['Opens the STOMP connection, as CONNECT does; from STOMP 1.1 on.'],
  CONNECTED: ['The server has agreed: version, session, user, heart-beats.'],
  SUBSCRIBE: ['From its RECEIPT on, messages of the destination arrive with this id in their header subscription.'],
  UNSUBSCRIBE: ['Ends the subscription with this id; what it has not acknowledged goes to another consumer.'],
  SEND: ['A message to a destination; headers of your own go with it.'],
  MESSAGE: ['A message of a subscription, or an answer at a temporary queue.'],
  RECEIPT: ['The frame that had this receipt has been carried out.'],
  ACK: ['A message is done with: it does not come again.', 'browser/acknowledge'],
  NACK: ['A message is refused: it goes to another consumer, or comes again.', 'browser/acknowledge'],
  BEGIN: ['Begins a transaction: SENDs and ACKs that name it wait for its COMMIT.', 'browser/transactions'],
  COMMIT: ['Carries out all that the transaction holds, or nothing of it.', 'browser/transactions'],
  ABORT: ['Forgets all that the transaction holds.', 'browser/transactions'],
  ERROR: ['A frame could not be carried out; the connection ends.', 'errors'],
  DISCONNECT: ['The client leaves when it has the RECEIPT.'],
  'heart-beat': ['A line end that says: I am still here.'],
};

/** Keys are headers, or a command and a header where it depends on the command. */
const HEADERS = {
  'CONNECT heart-beat': ['How often the client can send a heart-beat, and wants one, in milliseconds; 0 is never.'],
  'CONNECTED heart-beat': ['How often the server can send a heart-beat, and wants one, in milliseconds; 0 is never.'],
  'CONNECTED version': ['The version of STOMP that both speak from here on.'],
  'MESSAGE ack': ['The value of the header id of an ACK or NACK of this message.', 'browser/acknowledge'],
  'MESSAGE destination': ['Where the message was sent to.'],
  'MESSAGE version': ['Counts the changes after a snapshot.', 'beans/answer-a-subscription-with-a-snapshot'],
  'SUBSCRIBE ack': [
    'auto: written is delivered; client: an ACK is for all messages up to it; client-individual: for one.',
    'browser/acknowledge',
  ],
  'SUBSCRIBE destination': ['The topic, queue or other destination whose messages are wanted.', 'browser/destinations'],
  'SUBSCRIBE id': ['The name of the subscription, chosen by the client.'],
  'SUBSCRIBE x-stream-offset': ['Where to begin: next, first, last, last=20, timestamp=SECONDS, after=POSITION.', 'history'],
  'RECEIPT x-replayed': ['How many messages of the past follow.', 'history'],
  'UNSUBSCRIBE destination': ['In STOMP 1.0 it names the subscription.'],
  'UNSUBSCRIBE durable': ['true deletes the durable subscription and what was kept for it.'],
  'UNSUBSCRIBE id': ['The id of the SUBSCRIBE, or of a temporary queue.'],
  'ACK id': ['The header ack of the MESSAGE.', 'browser/acknowledge'],
  'NACK id': ['The header ack of the MESSAGE.', 'browser/acknowledge'],
  'ACK message-id': ['The message, in STOMP 1.0 and 1.1.', 'browser/acknowledge'],
  'NACK message-id': ['The message, in STOMP 1.0 and 1.1.', 'browser/acknowledge'],
  'accept-version': ['The versions of STOMP that the client speaks; the highest common one is taken.'],
  authorization: ['A token that says who it is; this page does not show it.', 'tokens'],
  'client-id': ['Tells clients of one user apart: for durable subscriptions, and when one comes back after its line died.'],
  'x-tab': ['Tells tabs of one user apart when one comes back after its line died.', 'stompline-js'],
  'content-length': ['Length of the body in octets; with it the body may have NULs.'],
  'content-type': ['The type of the body; it decides between text and octets in Jakarta Messaging, too.', 'jakarta-messaging/messages'],
  'correlation-id': ['Says which question an answer belongs to.', 'jakarta-messaging/questions-and-answers'],
  'delivery-delay': ['Milliseconds for which the message broker holds the message back.', 'jakarta-messaging/headers'],
  destination: ['Where the message goes.', 'browser/destinations'],
  durable: ['true keeps the messages of a topic while the client is away.', 'browser/receive'],
  expires: ['When the message is worthless, in milliseconds since 1970.', 'jakarta-messaging/headers'],
  help: ['The page of the guide that says what to do.', 'errors'],
  host: ['The host that the client asks for; may be left out, as the handshake named it.'],
  login: ['The name of the user.', 'logins'],
  'max-frame-bytes': ['How large a frame of the client may be, with all its headers, in octets.', 'errors/frame-too-large'],
  message: ['The fault, in short; the body says more.', 'errors'],
  'message-id': ['The name of the message, made by the message broker.'],
  name: ['The name of the durable subscription.', 'browser/receive'],
  'no-local': ['true leaves out what this connection sends itself.', 'browser/receive'],
  passcode: ['The password, a token or a ticket; this page does not show it.', 'logins'],
  persistent: ['Whether the message survives a restart of the message broker.', 'jakarta-messaging/headers'],
  priority: ['0 to 9: messages of a higher priority may pass others.', 'jakarta-messaging/headers'],
  problem: ['The frame is done with, but not as it asked, for this reason.', 'beans/what-a-receipt-means'],
  receipt: ['Asks for a RECEIPT when the frame has been carried out.'],
  'receipt-id': ['The receipt that the frame asked for.'],
  redelivered: ['true: somebody may have had the message before.', 'browser/acknowledge'],
  'reply-to': ['Where the answer is to go.', 'jakarta-messaging/questions-and-answers'],
  requeue: ['false: to the dead message queue at once, not to another consumer.', 'browser/acknowledge'],
  selector: ['Only messages whose headers fit this expression.', 'jakarta-messaging/headers'],
  sender: ['The user who sent the message, set by the server.', 'browser/receive'],
  server: ['The name of the server.'],
  session: ['The name of the session, which beans see as sessionId().', 'beans/reach-a-user'],
  snapshot: ['The message is the state as it was at the SUBSCRIBE.', 'beans/answer-a-subscription-with-a-snapshot'],
  subscription: ['The id of the SUBSCRIBE that the message is for.'],
  timestamp: ['When the message was sent, in milliseconds since 1970, set by the message broker.', 'jakarta-messaging/headers'],
  'token-expires-in': ['Milliseconds until the token ends, and the connection with it.', 'tokens'],
  transaction: ['The transaction that the frame belongs to.', 'browser/transactions'],
  type: ['The kind of message, for selectors: JMSType.', 'jakarta-messaging/headers'],
  'x-delivery-time': ['When the message was to be delivered, if its sender delayed it.', 'jakarta-messaging/headers'],
  'x-duplicate': ['true: the frame was carried out when it first came, and not again.', 'idempotency'],
  'x-idempotency-key': ['A frame that comes again under this key is not carried out again.', 'idempotency'],
  'x-dropped': ['How many messages are missing before this one; unknown: the message broker was away.', 'slow-clients'],
  'x-presence': ['What the page tells of its user to those who see who is there, as JSON.', 'presence'],
  'x-inbox-id': ['The number of a message that is kept for the user until it is acknowledged.', 'kept-notifications'],
  'x-unread': ['How many messages are kept for the user.', 'kept-notifications'],
  'x-recovered': ['true: nothing is missing behind the position that the page gave.', 'history'],
  'x-replayed': ['true: the message came before the subscription.', 'history'],
  'x-resumed-session': ['The session that the client had before the connection was lost.', 'history'],
  'x-stream-offset': ['A position among the messages that are kept; give it back as after=POSITION.', 'history'],
  'user-name': ['The user that the server takes the client for.', 'logins'],
};

const OWN_HEADER = ['A header of the sender, passed on to the receivers.', 'jakarta-messaging/headers'];
const UNKNOWN = ['Not of STOMP.'];

/** The meaning of a command: `text`, and `chapter` of the guide. */
export const commandWords = (command) => words(found(COMMANDS, command) ?? UNKNOWN);

/** The meaning of a header in a frame of that command: `text`, and `chapter` of the guide. */
export function headerWords(command, name) {
  const place = command === 'STOMP' ? 'CONNECT' : command;
  return words(found(HEADERS, `${place} ${name}`) ?? found(HEADERS, name.toLowerCase()) ?? OWN_HEADER);
}

/** Senders choose names of headers, `constructor` as well. */
const found = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

const words = ([text, chapter = 'frames']) => ({ text, chapter });
