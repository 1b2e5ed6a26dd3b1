/** The connection: opened, opened again when it is lost, and given up when the server does not let the user in. */
import type { Client, IFrame, StompHeaders } from '@stomp/stompjs';
import { Backoff, type End } from './backoff.js';
import { StompProblem } from './problem.js';

const CONNECT_MILLIS = 15_000;
const CHECK_MILLIS = 5_000;
const LASTING_MILLIS = 30_000;
const ACCESS_REFUSED = 'access refused';

/**
 * What the connection is doing. `connected` has the headers of CONNECTED, `user-name` among them; `waiting` says when the next
 * attempt comes (milliseconds since 1970) and what ended the last one; `refused` is the end of all attempts, until
 * {@link Stompline.reconnect}; `closed` follows {@link Stompline.close}.
 */
export type State =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; readonly headers: StompHeaders }
  | { readonly phase: 'waiting'; readonly retryAt: number; readonly reason: string }
  | { readonly phase: 'refused'; readonly problem: StompProblem }
  | { readonly phase: 'closed' };

/** A frame that asked for a receipt, as long as the server has not said what became of it. */
export interface Asked {
  receipt(headers: StompHeaders): void;
  refused(problem: StompProblem): void;
}

/** What a link calls. */
export interface LinkListener {
  /** Just connected: subscribes, and sends what waits. */
  onConnected(headers: StompHeaders): void;

  onState(state: State): void;
}

export class Link {
  readonly client: Client;
  readonly #token: (() => Promise<string>) | undefined;
  readonly #listener: LinkListener;
  readonly #backoff = new Backoff();

  /** By receipt id, of this connection. */
  readonly #asked = new Map<string, Asked>();

  #state: State = { phase: 'connecting' };
  #retry: ReturnType<typeof setTimeout> | undefined;
  #check: ReturnType<typeof setTimeout> | undefined;
  #connectedAt = 0;
  #error: StompProblem | undefined;

  /** Takes over when the client connects; what else its owner has set up stays. */
  constructor(client: Client, token: (() => Promise<string>) | undefined, listener: LinkListener) {
    this.client = client;
    this.#token = token;
    this.#listener = listener;
    const { onConnect, onStompError, onWebSocketClose } = client;
    client.configure({
      // Ours has jitter, and can be told to hurry.
      reconnectDelay: 0,
      connectionTimeout: client.connectionTimeout || CONNECT_MILLIS,
      // What died silently is not asked to close.
      discardWebsocketOnCommFailure: true,
      onConnect: (frame) => {
        this.#connected(frame.headers);
        onConnect(frame);
      },
      onStompError: (frame) => {
        this.#failed(frame);
        onStompError(frame);
      },
      onWebSocketClose: (end: End) => {
        this.#ended(end);
        onWebSocketClose(end);
      },
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Connects now, whatever it was doing, unless it is connected. */
  async open(): Promise<void> {
    if (this.client.active) {
      return;
    }
    clearTimeout(this.#retry);
    const attempt: State = { phase: 'connecting' };
    this.#enter(attempt);
    try {
      const token = await this.#token?.();
      // Nobody closed it, or opened it again, meanwhile.
      if (this.#state === attempt) {
        if (token) {
          this.client.connectHeaders = { ...this.client.connectHeaders, Authorization: `Bearer ${token}` };
        }
        this.client.activate();
      }
    } catch (failure) {
      if (this.#state === attempt) {
        this.#wait(String(failure), {});
      }
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#enter({ phase: 'closed' });
    await this.client.deactivate();
  }

  /** Connects now, and soon again if that fails. */
  reconnect(): Promise<void> {
    this.#backoff.reset();
    return this.open();
  }

  /** Somebody is back: the next attempt is now, and a connection has to show that it lives. */
  wake(): void {
    if (this.#state.phase === 'waiting') {
      void this.reconnect();
    } else if (this.client.connected && !this.#check) {
      this.#check = setTimeout(() => this.client.forceDisconnect(), CHECK_MILLIS);
      const id = freshId();
      this.client.watchForReceipt(id, () => this.#checked());
      // Of all frames this one does least; stompjs has no receipt for it.
      this.client.webSocket?.send(`BEGIN\ntransaction:${id}\nreceipt:${id}\n\n\0`);
      this.client.abort(id);
    }
  }

  /** Sends a heart-beat beside those of stompjs. */
  beat(): void {
    if (this.client.connected) {
      this.client.webSocket?.send('\n');
    }
  }

  /** Tells what becomes of the frame with that receipt id, which is sent next; nothing, if the connection ends first. */
  ask(id: string, asked: Asked): void {
    this.#asked.set(id, asked);
    this.client.watchForReceipt(id, ({ headers }: IFrame) => this.asked(id)?.receipt(headers));
  }

  /** What was asked with that id; undefined if it is settled, or somebody else's. */
  asked(id: string | undefined): Asked | undefined {
    return this.#asked.get(id ?? '');
  }

  settled(id: string): void {
    this.#asked.delete(id);
  }

  #connected(headers: StompHeaders): void {
    this.#connectedAt = Date.now();
    this.#listener.onConnected(headers);
    this.#enter({ phase: 'connected', headers });
  }

  /** The server ends the connection after an ERROR. */
  #failed({ headers, body }: IFrame): void {
    this.#error = new StompProblem(headers.message ?? 'ERROR', [body]);
    this.asked(headers['receipt-id'])?.refused(this.#error);
  }

  #ended(end: End): void {
    const error = this.#error;
    this.#error = undefined;
    this.#asked.clear();
    this.#checked();
    if (this.#connectedAt && Date.now() - this.#connectedAt >= LASTING_MILLIS) {
      this.#backoff.reset();
    }
    const wasConnected = this.#connectedAt > 0;
    this.#connectedAt = 0;
    if (!this.client.active) {
      this.#enter({ phase: 'closed' });
      return;
    }
    // At once, as the socket is gone. Without it stompjs could not be activated again.
    void this.client.deactivate();
    if (error?.problem === ACCESS_REFUSED && !wasConnected) {
      this.#enter({ phase: 'refused', problem: error });
    } else {
      this.#wait(error?.message ?? `${end.code} ${end.reason}`, end);
    }
  }

  #wait(reason: string, end: End): void {
    const millis = this.#backoff.next(end);
    this.#retry = setTimeout(() => void this.open(), millis);
    this.#enter({ phase: 'waiting', retryAt: Date.now() + millis, reason });
  }

  #checked(): void {
    clearTimeout(this.#check);
    this.#check = undefined;
  }

  #enter(state: State): void {
    if (this.#state.phase !== 'closed' || state.phase !== 'closed') {
      this.#state = state;
      this.#listener.onState(state);
    }
  }
}

/** Of 128 random bits: nobody else has it. */
export function freshId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');
}
