/**
 * A socket for stompjs that comes through where WebSockets do not: {@link StomplineSocket}.
 *
 * @packageDocumentation
 */
import type { IStompSocket } from '@stomp/stompjs';
import { choiceFor, choose, forget } from './choice.js';
import { httpTransport } from './http-transport.js';
import { type Data, type Ending, type Listener, LOST, type Transport } from './transport.js';
import { webSocketTransport } from './websocket-transport.js';

/**
 * How octets travel: a WebSocket; a stream of events down and POSTs up; or polls down, for the sake of proxies that hold
 * back a stream until it ends.
 */
export type TransportName = 'websocket' | 'sse' | 'poll';

/** All may be left out. */
export interface SocketOptions {
  /** Which may be tried, in that order; all three unless it says so. */
  transports?: TransportName[];

  /** Subprotocols of the WebSocket, the versions of STOMP; 1.2, 1.1 and 1.0 unless it says so. */
  protocols?: string[];
}

/** How long each may take to open, if another one may be tried. */
const OPEN_MILLIS: Record<TransportName, number> = { websocket: 4_000, sse: 3_000, poll: 10_000 };

/** How long until the first octets come: some proxies open a connection and pass nothing on. */
const FIRST_OCTETS_MILLIS = 8_000;

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/** A passcode that is good for one login. */
const TICKET = 'passcode:ticket~';

let hasProbed = false;

/**
 * What `webSocketFactory` of stompjs may return in the place of a WebSocket. It is one, if that opens within 4 s and
 * brings octets within 8 s; or else HTTP requests, with which the tab begins for an hour from then on.
 *
 * What was sent before the first octets came, which is the CONNECT, is sent again by the next transport. With a ticket in it
 * the socket ends instead, since the server may have seen the ticket, and the next socket begins with that transport.
 */
export class StomplineSocket extends EventTarget implements IStompSocket {
  /** The address of the WebSocket. */
  readonly url: string;

  /** What binary messages come as; there is no other type. */
  binaryType = 'arraybuffer';

  onopen: IStompSocket['onopen'] = null;
  onmessage: IStompSocket['onmessage'] = null;
  onerror: IStompSocket['onerror'] = null;
  onclose: IStompSocket['onclose'] = null;

  readonly #transports: TransportName[];
  readonly #protocols: string[];
  #readyState = CONNECTING;
  #transport: Transport | undefined;
  #isUp = false;
  /** What was sent before the first octets came; nothing is kept afterwards. */
  #unanswered: Data[] | undefined = [];
  /** The transport that the tab begins with. */
  #first = 0;
  #mayProbe = true;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /**
   * Begins to connect.
   *
   * @param url of the endpoint, such as `/stomp` or `wss://chat.example/stomp`
   * @throws TypeError it is none
   */
  constructor(
    url: string | URL,
    { transports = ['websocket', 'sse', 'poll'], protocols = ['v12.stomp', 'v11.stomp', 'v10.stomp'] }: SocketOptions = {},
  ) {
    super();
    this.url = new URL(url, globalThis.document?.baseURI).href.replace(/^http/, 'ws');
    this.#transports = transports;
    this.#protocols = protocols;
    // When its owner has set the callbacks
    queueMicrotask(() => this.#begin());
  }

  /** As a WebSocket has it: 0 connecting, 1 open, 2 closing, 3 closed. */
  get readyState(): number {
    return this.#readyState;
  }

  /**
   * Sends octets.
   *
   * @throws DOMException it is not open yet
   */
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (this.#readyState === CONNECTING) {
      throw new DOMException('not open yet', 'InvalidStateError');
    }
    if (this.#readyState === OPEN) {
      this.#unanswered?.push(data);
      if (this.#isUp) {
        this.#transport?.send(data);
      }
    }
  }

  /** Ends it, when what was sent before is on its way. */
  close(): void {
    if (this.#readyState < CLOSING) {
      this.#readyState = CLOSING;
      this.#stopTimers();
      this.#transport?.close();
    }
  }

  #begin(): void {
    for (const type of ['open', 'message', 'error', 'close'] as const) {
      // As listeners, so that an exception of one is reported and ends nothing; behind those that were there first.
      this.addEventListener(type, (event) => this[`on${type}`]?.(event));
    }
    const choice = choiceFor(this.url);
    this.#first = Math.max(0, this.#transports.indexOf(choice?.transport as TransportName));
    if (choice && this.#first > 0) {
      this.#mayProbe = choice.mayProbe;
      this.#probe();
    }
    this.#attempt(this.#first);
  }

  /** Once on each page: if a WebSocket opens now, the next connection begins with one. */
  #probe(): void {
    if (hasProbed || !this.#mayProbe || !this.#transports.includes('websocket')) {
      return;
    }
    hasProbed = true;
    const listener = { opened: () => forget(this.url), received() {}, ended() {} };
    try {
      setTimeout(webSocketTransport(this.url, this.#protocols, listener).drop, OPEN_MILLIS.websocket);
    } catch {
      // There is none.
    }
  }

  #attempt(index: number): void {
    const listener: Listener = {
      opened: () => this.#opened(),
      received: (data) => this.#received(data, index),
      ended: (ending, isRefused) => this.#ended(ending, index, !!isRefused),
    };
    this.#isUp = false;
    if (this.#readyState === CLOSING) {
      this.#end({ code: LOST, reason: 'closed before it was open', wasClean: false });
      return;
    }
    try {
      this.#transport = this.#open(this.#transports[index] as TransportName, listener);
      this.#limit(index);
    } catch (failure) {
      listener.ended({ code: LOST, reason: String(failure), wasClean: false });
    }
  }

  #open(name: TransportName, listener: Listener): Transport {
    if (name === 'websocket') {
      return webSocketTransport(this.url, this.#protocols, listener);
    }
    const url = new URL(this.url.replace(/^ws/, 'http'));
    url.pathname = url.pathname.replace(/\/?$/, '/http');
    return httpTransport(url, name === 'poll', listener);
  }

  /** Gives the attempt up when it takes too long, if another transport is left. */
  #limit(index: number): void {
    const name = this.#transports[index] as TransportName;
    const next = index + 1;
    if (next === this.#transports.length) {
      return;
    }
    const giveUp = () => {
      this.#stopTimers();
      this.#transport?.drop();
      if (name === 'websocket' && this.#isUp) {
        this.#mayProbe = false;
      }
      // Now, since the client may lose its patience before the next one has opened.
      this.#choose(next);
      this.#goOn(next, { code: LOST, reason: `nothing came by ${name}`, wasClean: false });
    };
    this.#timers = [
      setTimeout(() => this.#isUp || giveUp(), OPEN_MILLIS[name]),
      setTimeout(giveUp, FIRST_OCTETS_MILLIS),
    ];
  }

  #opened(): void {
    this.#isUp = true;
    if (this.#readyState === CONNECTING) {
      this.#readyState = OPEN;
      this.#fire('open');
    } else {
      this.#unanswered?.forEach((data) => this.#transport?.send(data));
    }
  }

  #received(data: string | ArrayBuffer, index: number): void {
    if (this.#unanswered) {
      this.#unanswered = undefined;
      this.#stopTimers();
      // What is known already is not remembered for longer, so that the others get their turn.
      if (index !== this.#first) {
        this.#choose(index);
        // Perhaps it was slow only this time.
        this.#probe();
      }
    }
    this.#fire('message', { data });
  }

  #ended(ending: Ending, index: number, isRefused: boolean): void {
    this.#stopTimers();
    const isUnreachable = ending.code === LOST && !isRefused && this.#unanswered && this.#readyState < CLOSING;
    if (isUnreachable && index + 1 < this.#transports.length) {
      this.#goOn(index + 1, ending);
    } else {
      if (isUnreachable || (isRefused && this.#unanswered)) {
        // What worked before does not, or the server is away, or does not know this transport.
        forget(this.url);
      }
      this.#end(ending);
    }
  }

  #goOn(next: number, ending: Ending): void {
    if (this.#unanswered?.some((data) => text(data).includes(TICKET))) {
      this.#choose(next);
      this.#end(ending);
    } else {
      this.#attempt(next);
    }
  }

  #choose(index: number): void {
    choose(this.url, { transport: this.#transports[index] as TransportName, mayProbe: this.#mayProbe });
  }

  #end(ending: Ending): void {
    this.#readyState = CLOSED;
    if (!ending.wasClean) {
      this.#fire('error');
    }
    this.#fire('close', ending);
  }

  #stopTimers(): void {
    this.#timers.forEach(clearTimeout);
  }

  #fire(type: string, detail: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), detail));
  }
}

/** Of a frame, as far as it is text. */
function text(data: Data): string {
  return typeof data === 'string' || data instanceof Blob ? String(data) : new TextDecoder().decode(data);
}
