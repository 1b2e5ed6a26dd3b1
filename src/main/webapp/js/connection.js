/** The connection to the STOMP server. The only module that knows STOMP.js. */
import { openSocket } from './socket.js';
import { Client, StompSocketState, Versions } from './stompjs.js';

const RECONNECT_DELAY_MILLIS = 5000;
const CONNECT_TIMEOUT_MILLIS = 15000;
const HEART_BEAT = '\n';
const TEMPORARY_QUEUE = '/temp-queue/';

/** Why a frame was not accepted: the server answered it with an ERROR, or with a RECEIPT that tells of a problem. */
export class Refused extends Error {}

/**
 * One connection at a time, opened and closed as often as one likes.
 *
 * Events: `change` (see {@link Connection#state}), `established` (after each CONNECTED), `lost` (after each end of an
 * established connection), `heart-beat` (detail: 'received' or 'sent'), `refused` (detail: the ERROR frame that
 * ends it), `answer` (detail: a MESSAGE at a temporary queue, which has no SUBSCRIBE), `frames` (what went over the
 * WebSocket, a frame or more; detail: `direction`, 'received' or 'sent', and `text`).
 */
export class Connection extends EventTarget {
  #client = null;
  #socket = null;
  #receipts = new Map();
  #receiptCount = 0;
  #transactionCount = 0;
  #terms = null;
  #state = { phase: 'disconnected' };

  /**
   * The state of the connection: `phase` is disconnected, connecting, connected, reconnecting or disconnecting.
   * Connected: `facts` (version, session, server, user) and `heartBeats` (the intervals `received` and `sent` in
   * milliseconds, 0 for none).
   * Reconnecting: `reason` and `retryAt` (milliseconds since 1970).
   */
  get state() {
    return this.#state;
  }

  get isConnected() {
    return this.#state.phase === 'connected';
  }

  /** Opens it. `outgoing` and `incoming` are the client's half of the heart-beat header, in milliseconds. */
  open(terms) {
    this.#terms = terms;
    const { login, passcode, versions, outgoing, incoming } = terms;
    const stompVersions = new Versions(versions);
    // 1.1 and 1.2 require host; STOMP.js leaves it to its caller.
    const connectHeaders = { host: location.hostname };
    if (login) {
      // Without a login the server takes whom the web container knows.
      Object.assign(connectHeaders, { login, passcode });
    }
    const client = new Client({
      webSocketFactory: () => this.#openSocket(stompVersions.protocolVersions()),
      stompVersions,
      connectHeaders,
      heartbeatOutgoing: outgoing,
      heartbeatIncoming: incoming,
      reconnectDelay: RECONNECT_DELAY_MILLIS,
      connectionTimeout: CONNECT_TIMEOUT_MILLIS,
      beforeConnect: () => this.#change({ phase: 'connecting' }),
      onConnect: (frame) => this.#established(frame, { outgoing, incoming }),
      onStompError: (frame) => this.#refused(frame),
      onWebSocketClose: (event) => this.#closed(event),
      onHeartbeatReceived: () => this.#tell('heart-beat', 'received'),
      onUnhandledMessage: (frame) => this.#unsubscribed(frame),
    });
    this.#client = client;
    client.activate();
  }

  /** Opens it again as it was opened last, now and not when the next attempt is due. */
  async reopen() {
    // The socket of a client that was refused may still be closing.
    const client = this.#client;
    await client.deactivate();
    if (client === this.#client) {
      // Nobody else opened it meanwhile.
      this.open(this.#terms);
    }
  }

  /** Ends it, or the attempts to open it: with DISCONNECT if connected; at once if called again. */
  close() {
    const isSecondTime = this.#state.phase === 'disconnecting';
    if (this.isConnected) {
      this.#change({ ...this.#state, phase: 'disconnecting' });
    }
    this.#client.deactivate({ force: isSecondTime });
    if (!this.#client.webSocket) {
      this.#change({ phase: 'disconnected' });
    }
  }

  /**
   * Sends SEND; resolves with the milliseconds until the receipt, or at once with undefined if none is wanted. Fails with
   * {@link Refused} if the server says so, and with another error if the connection ended before it said anything.
   */
  send({ destination, body, headers, receipt }) {
    return this.#await(receipt, (receiptHeader) =>
      this.#client.publish({ destination, body, headers: { ...headers, ...receiptHeader } }),
    );
  }

  /** Sends SUBSCRIBE; resolves when the receipt says that messages arrive from now on. */
  subscribe(destination, headers, onMessage) {
    return this.#await(true, (receipt) => this.#client.subscribe(destination, onMessage, { ...headers, ...receipt }));
  }

  /** Sends UNSUBSCRIBE. */
  unsubscribe(id) {
    return this.#await(true, (receipt) => this.#client.unsubscribe(id, receipt));
  }

  /** Sends ACK or NACK (`verb`: 'ack' or 'nack') for a message of this connection. */
  settle(message, verb) {
    return this.#await(true, (receipt) => message[verb](receipt));
  }

  /** Sends BEGIN; gives the id for the header `transaction` of each SEND. */
  begin() {
    return this.#client.begin(`tx-${++this.#transactionCount}`).id;
  }

  /** Sends COMMIT. */
  commit(transaction) {
    this.#client.commit(transaction);
  }

  /** Sends ABORT. */
  abort(transaction) {
    this.#client.abort(transaction);
  }

  /** Sends a heart-beat apart from those that STOMP.js sends by itself. */
  sendHeartBeat() {
    if (this.#socket?.readyState === StompSocketState.OPEN) {
      this.#socket.send(HEART_BEAT);
    }
  }

  /** STOMP.js does not tell of heart-beats that it sends, so they are seen where they pass. */
  #openSocket(protocols) {
    this.#socket = openSocket(protocols, (frames) => {
      this.#tell('frames', frames);
      if (frames.direction === 'sent' && frames.text === HEART_BEAT) {
        this.#tell('heart-beat', 'sent');
      }
    });
    return this.#socket;
  }

  #established({ headers }, wish) {
    const facts = {
      version: headers.version,
      session: headers.session,
      server: headers.server,
      user: headers['user-name'],
    };
    const [serverSends, serverWants] = (headers['heart-beat'] ?? '0,0').split(',').map(Number);
    const heartBeats = { received: agreed(serverSends, wish.incoming), sent: agreed(wish.outgoing, serverWants) };
    this.#change({ phase: 'connected', facts, heartBeats });
    this.#tell('established');
  }

  /** Others came after their UNSUBSCRIBE, and go to another consumer. */
  #unsubscribed(frame) {
    if (frame.headers.subscription?.startsWith(TEMPORARY_QUEUE)) {
      this.#tell('answer', frame);
    }
  }

  #refused(frame) {
    if (this.isConnected) {
      this.#change({ ...this.#state, phase: 'disconnecting' });
    }
    // Reconnecting by itself would bring the same ERROR every five seconds.
    this.#client.deactivate();
    this.#receipts.get(frame.headers['receipt-id'])?.fail(new Refused(frame.headers.message));
    this.#tell('refused', frame);
  }

  #closed(event) {
    const wasEstablished = this.isConnected || this.#state.phase === 'disconnecting';
    // An active client tries again.
    if (this.#client.active) {
      const retryAt = Date.now() + RECONNECT_DELAY_MILLIS;
      this.#change({ phase: 'reconnecting', retryAt, reason: reasonOf(event, wasEstablished) });
    } else {
      this.#change({ phase: 'disconnected' });
    }
    for (const receipt of [...this.#receipts.values()]) {
      receipt.fail(new Error('the connection ended before the receipt came'));
    }
    if (wasEstablished) {
      this.#tell('lost');
    }
  }

  /** Runs `transmit` with a receipt header, if one is wanted, and waits for the RECEIPT. */
  #await(wanted, transmit) {
    if (!wanted) {
      transmit({});
      return Promise.resolve();
    }
    const id = `receipt-${++this.#receiptCount}`;
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const settleWith = (outcome) => (value) => {
        this.#receipts.delete(id);
        outcome(value);
      };
      this.#receipts.set(id, { fail: settleWith(reject) });
      this.#client.watchForReceipt(id, ({ headers: { problem } }) =>
        problem ? settleWith(reject)(new Refused(problem)) : settleWith(resolve)(performance.now() - started),
      );
      transmit({ receipt: id });
    });
  }

  #change(state) {
    this.#state = state;
    this.#tell('change');
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** STOMP 1.2, "Heart-beating": the slower side decides, 0 on either side means none. */
function agreed(sender, receiver) {
  return sender && receiver ? Math.max(sender, receiver) : 0;
}

function reasonOf({ code, reason }, wasEstablished) {
  const closeCode = `WebSocket close code ${code}${reason ? `, ${reason}` : ''}`;
  return wasEstablished
    ? `The connection was lost (${closeCode}).`
    : `The endpoint cannot be reached or refused the WebSocket (${closeCode}).`;
}
