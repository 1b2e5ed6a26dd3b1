/** The connection: opened, opened again when it is lost, and given up when the server does not let the user in. */
import type { Client, IStompSocket, StompHeaders } from '@stomp/stompjs';
import { delayOf, type End, LONGEST_MILLIS } from './backoff.js';
import { call } from './callback.js';
import { StompProblem } from './problem.js';
import { renewalOf } from './renewal.js';

const CONNECT_MILLIS = 15_000;
const CHECK_MILLIS = 5_000;
const CLOSE_MILLIS = 5_000;

/**
 * The state of the connection. `connected` has the headers of CONNECTED, `user-name` among them; `waiting` says when
 * the next attempt comes (milliseconds since 1970) and what ended the last one; `refused` is the end of all attempts,
 * until {@link Stompline.reconnect}; `closed` follows {@link Stompline.close}.
 */
export type State =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; readonly headers: StompHeaders }
  | { readonly phase: 'waiting'; readonly retryAt: number; readonly reason: string }
  | { readonly phase: 'refused'; readonly problem: StompProblem }
  | { readonly phase: 'closed' };

export interface Link {
  readonly client: Client;

  state(): State;

  /** What ended the last connection that was one: an ERROR, or the close code and its text. */
  ended(): string;

  /** Connects now, whatever it was doing, unless it is connected; and soon again if that fails. */
  reconnect(): Promise<void>;

  /**
   * Somebody is back: the next attempt is now, unless the server wanted another time, and a connection has to show that
   * it lives. One on which a frame is not confirmed yet is left to its heart-beats: the server reads the next frame
   * when a slow bean has returned.
   */
  wake(): void;

  /** Sends a heart-beat beside those of stompjs. */
  beat(): void;

  /**
   * Tells what becomes of the frame with that receipt id, which is sent next; nothing, if the connection ends first.
   * What a RECEIPT says may be followed by what refuses it, until {@link forget}; after a refusal nothing follows.
   */
  ask(id: string, onReceipt: (headers: StompHeaders) => void, onRefused: (problem: StompProblem) => void): void;

  forget(id: string): void;

  /** Tells who asked with that id; false if nobody does. */
  refuse(id: string | undefined, problem: StompProblem): boolean;

  close(): Promise<void>;
}

/**
 * Takes over when the client connects; what else its owner has set up stays.
 *
 * @param onConnected subscribes, and sends what waits
 */
export function linkOf(
  client: Client,
  token: (() => Promise<string>) | undefined,
  onConnected: (headers: StompHeaders) => void,
  onState: (state: State) => void,
): Link {
  /** Of this connection, by receipt id: who is told of a refusal. */
  const asked = new Map<string, (problem: StompProblem) => void>();
  let state: State = { phase: 'connecting' };
  let attempts = 0;
  let mayHurry = true;
  let retry: ReturnType<typeof setTimeout>;
  let watchdog: ReturnType<typeof setTimeout>;
  let check: ReturnType<typeof setTimeout> | undefined;
  let connectedAt = 0;
  let error: StompProblem | undefined;
  let ended = '';

  const enter = (next: State) => {
    clearTimeout(watchdog);
    state = next;
    onState(next);
  };

  const open = async () => {
    if (client.active) {
      return;
    }
    clearTimeout(retry);
    const attempt: State = { phase: 'connecting' };
    enter(attempt);
    watchdog = setTimeout(() => state === attempt && abandon(), attemptMillis);
    let proceed = () => client.activate();
    try {
      const bearer = await token?.();
      if (bearer && state === attempt) {
        client.connectHeaders = { ...client.connectHeaders, Authorization: `Bearer ${bearer}` };
      }
    } catch (failure) {
      proceed = () => wait(String(failure), {});
    }
    // Nobody closed it, or opened it again, meanwhile.
    if (state === attempt) {
      proceed();
    }
  };

  /** Whatever it hangs at: the token, beforeConnect of the client, or the WebSocket. */
  const abandon = () => {
    const reason = `not connected within ${attemptMillis} ms`;
    // Not told: it only says that the end of the WebSocket, if there is one, is no wish of the page.
    state = { phase: 'waiting', retryAt: 0, reason };
    void client.deactivate({ force: true });
    wait(reason, {});
  };

  const wait = (reason: string, end: End) => {
    const { millis, isWanted } = delayOf(attempts++, end);
    mayHurry = !isWanted;
    retry = setTimeout(open, millis);
    enter({ phase: 'waiting', retryAt: Date.now() + millis, reason });
  };

  const reconnect = () => {
    attempts = 0;
    return open();
  };

  const checked = () => {
    clearTimeout(check);
    check = undefined;
  };

  const link: Link = {
    client,
    state: () => state,
    ended: () => ended,
    reconnect,

    wake() {
      if (state.phase === 'waiting') {
        if (mayHurry || Date.now() >= state.retryAt) {
          void open();
        }
      } else if (client.connected && !check && !asked.size) {
        check = setTimeout(() => client.forceDisconnect(), CHECK_MILLIS);
        const id = freshId();
        client.watchForReceipt(id, () => {});
        // Of all frames this one does least; stompjs has no receipt for it.
        client.webSocket?.send(`BEGIN\ntransaction:${id}\nreceipt:${id}\n\n\0`);
        client.abort(id);
      }
    },

    beat() {
      if (client.connected) {
        client.webSocket?.send('\n');
      }
    },

    ask(id, onReceipt, onRefused) {
      asked.set(id, onRefused);
      client.watchForReceipt(id, ({ headers }) => asked.has(id) && onReceipt(headers));
    },

    forget: (id) => void asked.delete(id),

    refuse(id, problem) {
      const onRefused = asked.get(id ?? '');
      asked.delete(id ?? '');
      onRefused?.(problem);
      return !!onRefused;
    },

    async close() {
      clearTimeout(retry);
      enter({ phase: 'closed' });
      const force = setTimeout(() => client.deactivate({ force: true }), CLOSE_MILLIS);
      await client.deactivate();
      clearTimeout(force);
    },
  };
  const plan = token && renewalOf(link, token);

  let tab = tabId();
  const { beforeConnect, onConnect, onStompError, onWebSocketClose } = client;
  const attemptMillis = client.connectionTimeout || CONNECT_MILLIS;
  client.configure({
    // Ours has jitter, and can be told to hurry; and counts from the token on.
    reconnectDelay: 0,
    connectionTimeout: 0,
    // A connection that died silently is not asked to close.
    discardWebsocketOnCommFailure: true,
    async beforeConnect(given) {
      await beforeConnect(given);
      // By it the server finds the connection that this one follows, if that died silently.
      client.connectHeaders = { ...client.connectHeaders, 'x-tab': tab };
    },
    onConnect(frame) {
      connectedAt = Date.now();
      const socket = client.webSocket as IStompSocket;
      const { onmessage } = socket;
      socket.onmessage = (event) => {
        checked();
        onmessage?.call(socket, event);
      };
      plan?.(frame.headers);
      onConnected(frame.headers);
      enter({ phase: 'connected', headers: frame.headers });
      call(onConnect, frame);
    },
    // The server ends the connection after it.
    onStompError(frame) {
      error = new StompProblem(frame.headers.message ?? '', [frame.body]);
      if (/heart-beat/.test(error.problem)) {
        tab = freshId(); // On a line so slow, a duplicate of this tab and this one would end each other by turns.
      }
      link.refuse(frame.headers['receipt-id'], error);
      call(onStompError, frame);
    },
    onWebSocketClose(end: End) {
      const cause = error;
      const reason = cause?.message ?? `${end.code} ${end.reason}`;
      const wasConnected = connectedAt;
      if (wasConnected) {
        ended = reason;
      }
      error = undefined;
      connectedAt = 0;
      asked.clear();
      plan?.({});
      checked();
      if (wasConnected && Date.now() - wasConnected >= LONGEST_MILLIS) {
        attempts = 0;
      }
      if (client.active) {
        // At once, as the socket is gone. Without it stompjs could not be activated again.
        void client.deactivate();
        if (cause?.problem === 'access refused' && !wasConnected) {
          enter({ phase: 'refused', problem: cause });
        } else {
          wait(reason, end);
        }
      } else if (state.phase === 'connecting' || state.phase === 'connected') {
        // By the owner of the client
        enter({ phase: 'closed' });
      }
      call(onWebSocketClose, end);
    },
  });
  return link;
}

const ofThisPage = crypto.getRandomValues(new BigUint64Array(1));
let ids = 0;

/** An id that no other page has. */
export function freshId(): string {
  return `${ofThisPage}-${++ids}`;
}

/** The same after a reload; and in a duplicate of the tab, which the server lets live beside it. */
function tabId(): string {
  try {
    return (sessionStorage['stompline-tab'] ??= freshId());
  } catch {
    return freshId(); // no browser, or one that keeps nothing
  }
}
