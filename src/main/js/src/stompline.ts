/**
 * STOMP that survives a lost connection, on top of stompjs: {@link connect} takes a `Client` of stompjs and gives a
 * {@link Stompline}.
 *
 * @packageDocumentation
 */
import type { Client, StompHeaders } from '@stomp/stompjs';
import { Link, type State } from './link.js';
import { Outbox } from './outbox.js';
import { encode } from './payload.js';
import { watchPage } from './page.js';
import { StompProblem } from './problem.js';
import { REPLIES } from './publication.js';
import { Renewal } from './renewal.js';
import { LastingSubscription, type OnMessage, type SubscribeOptions, type Subscription } from './subscription.js';

export { StompProblem, type OnMessage, type State, type SubscribeOptions, type Subscription };

const ERRORS = '/user/queue/errors';

/** All may be left out. */
export interface ConnectOptions {
  /** Gives a token that is good now. Asked before each attempt to connect, and before the token of a connection ends. */
  token?(): Promise<string>;

  /** Called at each change. */
  onState?(state: State): void;

  /**
   * Called with what the server refused and no promise or callback tells of: a subscription that is not allowed any more, for
   * example. Without it the console of the browser has it.
   */
  onProblem?(problem: StompProblem): void;

  /** How many messages may wait for a connection; 100 unless it says so. */
  maxWaiting?: number;
}

/**
 * Connects the client, which should not be active, and keeps it connected.
 *
 * Its callbacks still work, but its `reconnectDelay` counts no more. The class is not imported here, so that a page without
 * bundler and import map can take it from where it likes.
 */
export function connect(client: Client, options: ConnectOptions = {}): Stompline {
  return new Stompline(client, options);
}

/** A connection as pages want it: made by {@link connect}. */
export class Stompline {
  readonly #link: Link;
  readonly #outbox: Outbox;
  readonly #renewal: Renewal | undefined;
  readonly #subscriptions = new Set<LastingSubscription<unknown>>();
  readonly #onProblem: (problem: StompProblem) => void;
  readonly #unwatch: () => void;

  /** @internal */
  constructor(client: Client, { token, onState, onProblem = console.error, maxWaiting = 100 }: ConnectOptions) {
    this.#onProblem = onProblem;
    this.#link = new Link(client, token, {
      onConnected: (headers) => this.#connected(headers),
      onState: (state) => {
        if (state.phase !== 'connected') {
          this.#renewal?.stop();
        }
        onState?.(state);
      },
    });
    this.#outbox = new Outbox(this.#link, maxWaiting);
    this.#renewal = token && new Renewal(this.#link, token);
    const { onUnhandledMessage } = client;
    client.onUnhandledMessage = (message) => {
      if (message.headers.subscription === REPLIES) {
        this.#outbox.replied(message);
      } else {
        onUnhandledMessage(message);
      }
    };
    this.#listenForProblems();
    // When the page has what this constructor gives: its onState may use it.
    queueMicrotask(() => this.state.phase === 'connecting' && this.#link.open());
    this.#unwatch = watchPage(
      { onWake: () => this.#link.wake(), onBeat: () => this.#link.beat() },
      client.heartbeatOutgoing,
    );
  }

  /** What the connection is doing. */
  get state(): State {
    return this.#link.state;
  }

  /**
   * Calls `onMessage` with each message of a destination, until it is ended: after a lost connection it goes on behind the last
   * message, if the server keeps a history of the topic, and calls `onRecovered`. Doubles are left out.
   */
  subscribe<T = any>(destination: string, onMessage: OnMessage<T>, options: SubscribeOptions = {}): Subscription {
    return this.#subscribe(destination, onMessage as OnMessage<unknown>, options, options.onRefused ?? this.#onProblem);
  }

  /**
   * Sends a value, now or when there is a connection: a text as it is, a `Uint8Array` as octets, and anything else as JSON.
   *
   * What the server has not confirmed when the connection ends is sent once more, with the same `x-idempotency-key`.
   *
   * @returns the headers of the RECEIPT: the message broker has it, or the bean has dealt with it
   * @throws StompProblem the server refused it, or too much waits
   */
  publish(destination: string, payload?: unknown, headers: StompHeaders = {}): Promise<StompHeaders> {
    return this.#outbox.publish(destination, payload, headers);
  }

  /**
   * Sends a question like {@link publish}, and gives the value of the answer: what the bean returned, or what a JMS application
   * sent to `reply-to`.
   *
   * @param options how long to wait (30 s), time without a connection included, and headers of the SEND
   * @throws StompProblem what went wrong with it, with details; `timed out` if nothing answers
   */
  request<T = any>(
    destination: string,
    payload?: unknown,
    { timeoutMillis = 30_000, headers = {} }: { timeoutMillis?: number; headers?: StompHeaders } = {},
  ): Promise<T> {
    return this.#outbox.request(destination, payload, headers, timeoutMillis) as Promise<T>;
  }

  /**
   * Sends what is worth nothing a second later, such as the place of a pointer: without a receipt, and only if connected.
   *
   * @returns whether it was sent
   */
  tell(destination: string, payload?: unknown, headers: StompHeaders = {}): boolean {
    const { client } = this.#link;
    const { headers: type, ...body } = encode(payload);
    if (client.connected) {
      client.publish({ destination, ...body, headers: { ...type, ...headers } });
    }
    return client.connected;
  }

  /** Tries at once to connect: after other credentials were put into the client, for example. */
  reconnect(): Promise<void> {
    return this.#link.reconnect();
  }

  /** Ends it, and what waits: its promises reject. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#outbox.closed();
    await this.#link.close();
  }

  #connected(headers: StompHeaders): void {
    this.#renewal?.plan(headers);
    for (const subscription of this.#subscriptions) {
      subscription.open();
    }
    this.#outbox.connected();
  }

  #subscribe(
    destination: string,
    onMessage: OnMessage<unknown>,
    options: SubscribeOptions,
    onRefused: (problem: StompProblem) => void,
  ): Subscription {
    const subscription = new LastingSubscription(this.#link, destination, onMessage, options, (problem) => {
      this.#subscriptions.delete(subscription);
      onRefused(problem);
    });
    this.#subscriptions.add(subscription);
    if (this.#link.client.connected) {
      subscription.open();
    }
    return {
      unsubscribe: (headers) => {
        if (this.#subscriptions.delete(subscription)) {
          subscription.close(headers);
        }
      },
    };
  }

  /** Where the details of refused messages come; a server whose rules do not allow it tells the problem only. */
  #listenForProblems(): void {
    const tell: OnMessage<unknown> = (reply, { headers }) => {
      const problem = StompProblem.of(reply);
      const asked = this.#link.asked(headers['correlation-id']);
      if (asked) {
        asked.refused(problem);
      } else {
        this.#onProblem(problem);
      }
    };
    this.#subscribe(ERRORS, tell, {}, () => {});
  }
}
