/**
 * STOMP that survives a lost connection, on top of stompjs: {@link connect} takes a `Client` of stompjs and gives a
 * {@link Stompline}.
 *
 * @packageDocumentation
 */
import type { Client, StompHeaders } from '@stomp/stompjs';
import { call } from './callback.js';
import { linkOf, type State } from './link.js';
import { outboxOf, REPLIES } from './outbox.js';
import { watchPage } from './page.js';
import { frameOf } from './payload.js';
import { type Member, membersTo, type OnMembers } from './presence.js';
import { problemOf, StompProblem } from './problem.js';
import {
  type LastingSubscription,
  lastingSubscription,
  type OnMessage,
  type SubscribeOptions,
  type Subscription,
} from './subscription.js';

export { StompProblem, type Member, type OnMembers, type OnMessage, type State, type SubscribeOptions, type Subscription };

/** Problems of a subscription that may be over with the next connection. */
const PASSING = /unavailable|overloaded/;

/** All may be left out. */
export interface ConnectOptions {
  /**
   * Gives a token that is good now. Asked before each attempt to connect, and before the token of a connection ends.
   */
  token?(): Promise<string>;

  /** Called at each change. */
  onState?(state: State): void;

  /**
   * Called with what the server refused and no promise or callback tells of: a subscription that is not allowed any
   * more, for example. Without it the console of the browser has it.
   */
  onProblem?(problem: StompProblem): void;

  /** How many messages may wait for a connection; 100 unless it says so. */
  maxWaiting?: number;
}

/** The options of a question. */
export interface RequestOptions {
  /**
   * How long to wait for the answer, time without a connection included; 30 s unless it says so, and not longer than
   * 24 days.
   */
  timeoutMillis?: number;

  /** Headers of the SEND. */
  headers?: StompHeaders;
}

/** A connection as pages want it. */
export interface Stompline {
  /** The state of the connection. */
  readonly state: State;

  /**
   * Calls `onMessage` with each message of a destination, until it is ended: after a lost connection it goes on
   * behind the last message, if the server keeps a history of the topic, and calls `onRecovered`. Doubles are left
   * out.
   */
  subscribe<T = any>(destination: string, onMessage: OnMessage<T>, options?: SubscribeOptions): Subscription;

  /**
   * Calls `onMembers` with who is in a topic, such as `/topic/rooms/42`, and again at each change, until it is ended.
   * Only who has subscribed to the topic is there. While there is no connection nothing changes; then the map is
   * right again.
   */
  presence(topic: string, onMembers: OnMembers, options?: SubscribeOptions): Subscription;

  /**
   * Sends a value, now or when there is a connection: a text as it is, an `ArrayBuffer`, or what shows one such as
   * `Uint8Array`, as octets, and anything else as JSON.
   *
   * A value that is not confirmed when the connection ends is sent once more, with the same `x-idempotency-key`.
   *
   * @returns the headers of the RECEIPT: the message broker has it, or the bean has dealt with it
   * @throws StompProblem the server refused it, too much waits, it is closed, or another user has connected
   */
  publish(destination: string, payload?: unknown, headers?: StompHeaders): Promise<StompHeaders>;

  /**
   * Sends a question like {@link publish}, and gives the value of the answer: what the bean returned, or what a JMS
   * application sent to `reply-to`.
   *
   * @throws StompProblem what went wrong with it, with details; `timed out` if nothing answers
   */
  request<T = any>(destination: string, payload?: unknown, options?: RequestOptions): Promise<T>;

  /**
   * Sends what is worth nothing a second later, such as the place of a pointer: without a receipt, and only if
   * connected.
   *
   * @returns whether it was sent
   */
  tell(destination: string, payload?: unknown, headers?: StompHeaders): boolean;

  /** Tries at once to connect: after other credentials were put into the client, for example. */
  reconnect(): Promise<void>;

  /** Ends it, and what waits: its promises reject. */
  close(): Promise<void>;
}

/**
 * Connects the client, which must not be active, and keeps it connected.
 *
 * Its callbacks still work, but its `reconnectDelay` counts no more. The class is not imported here, so that a page
 * without bundler and import map can take it from where it likes.
 */
export function connect(
  client: Client,
  { token, onState, onProblem = console.error, maxWaiting = 100 }: ConnectOptions = {},
): Stompline {
  if (client.active) {
    throw new TypeError('the client is active already');
  }
  const subscriptions = new Set<LastingSubscription>();
  let user: string | undefined;
  let session: string | undefined;
  const link = linkOf(
    client,
    token,
    (headers) => {
      const { 'user-name': name, session: id } = headers;
      if (user !== undefined && user !== name) {
        outbox.fail('other user');
        subscriptions.forEach((subscription) => subscription.forget());
      }
      user = name;
      session = id;
      subscriptions.forEach((subscription) => subscription.open(session));
      outbox.connected(headers);
    },
    (state) => {
      if (state.phase === 'closed') {
        outbox.fail('closed');
      }
      call(onState, state);
    },
  );
  const outbox = outboxOf(link, maxWaiting);

  const subscribe = <T>(
    destination: string,
    onMessage: OnMessage<T>,
    options: SubscribeOptions = {},
    onRefused = options.onRefused ?? onProblem,
  ): Subscription => {
    const subscription = lastingSubscription(link, destination, onMessage, options, (problem) => {
      if (!PASSING.test(problem.problem)) {
        subscriptions.delete(subscription);
        call(onRefused, problem);
      }
    });
    subscriptions.add(subscription);
    if (client.connected) {
      subscription.open(session);
    }
    return {
      unsubscribe(headers) {
        if (subscriptions.delete(subscription)) {
          subscription.close(headers);
        }
      },
    };
  };

  const { onUnhandledMessage } = client;
  client.onUnhandledMessage = (message) =>
    message.headers.subscription === REPLIES ? outbox.replied(message) : onUnhandledMessage(message);

  // Where the details of refused messages come; a server whose rules do not allow it tells the problem only.
  const explain: OnMessage<unknown> = (reply, { headers }) => {
    const problem = problemOf(reply);
    if (!link.refuse(headers['correlation-id'], problem)) {
      call(onProblem, problem);
    }
  };
  subscribe('/user/queue/errors', explain, { onRefused() {} });

  // When the page has what this function gives: its onState may use it.
  queueMicrotask(() => link.state().phase === 'connecting' && link.reconnect());
  const unwatch = watchPage(link.wake, link.beat, client.heartbeatOutgoing);

  return {
    get state() {
      return link.state();
    },
    subscribe: (destination, onMessage, options) => subscribe(destination, onMessage, options),
    presence: (topic, onMembers, options) => subscribe(`/presence${topic}`, membersTo(onMembers), options),
    publish: (destination, payload, headers) => outbox.publish(destination, payload, headers) as Promise<StompHeaders>,
    request: (destination, payload, { timeoutMillis = 30_000, headers } = {}) =>
      outbox.publish(destination, payload, headers, timeoutMillis) as Promise<any>,
    tell(destination, payload, headers = {}) {
      const { connected } = client;
      if (connected) {
        client.publish(frameOf(destination, payload, headers));
      }
      return connected;
    },
    reconnect: link.reconnect,
    close() {
      unwatch();
      return link.close();
    },
  };
}
