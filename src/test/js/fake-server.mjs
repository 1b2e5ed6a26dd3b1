/** A server for one page, in memory: it answers like Stompline, as far as the test does not say otherwise. */
import { mock } from 'node:test';
import { Client, connect } from './modules.mjs';

const OPEN = 1;
const CLOSED = 3;

/** Stops all clocks; {@link pass} moves them on. */
export function stopClocks() {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 });
}

/** Lets time pass, and what happens meanwhile happen. */
export async function pass(millis) {
  mock.timers.tick(millis);
  await settle();
}

/** Lets promises have their say. */
export function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}

export class FakeServer {
  /** Frames of clients, in order. */
  frames = [];
  sockets = [];
  /** Headers of RECEIPTs, by destination; a function of the frame. */
  receipt = () => ({});
  /** Whether it answers frames that ask for a receipt. */
  confirms = true;
  /** What CONNECT gets. */
  connected = { version: '1.2', 'heart-beat': '0,0', 'user-name': 'ann' };
  /** Whether a WebSocket opens. */
  isUp = true;

  /** A page that is connected to it. */
  async page(options, settings) {
    const page = this.connect(options, settings);
    await settle();
    return page;
  }

  connect(options, settings = {}) {
    return connect(
      new Client({ webSocketFactory: () => new FakeSocket(this), heartbeatIncoming: 0, heartbeatOutgoing: 0, ...settings }),
      options,
    );
  }

  /** The connection of now. */
  get socket() {
    return this.sockets.at(-1);
  }

  /** Frames of that command. */
  all(command) {
    return this.frames.filter((frame) => frame.command === command);
  }

  /** SENDs to that destination. */
  sent(destination) {
    return this.all('SEND').filter(({ headers }) => headers.destination === destination);
  }

  /** The last SUBSCRIBE to that destination. */
  subscribed(destination) {
    return this.all('SUBSCRIBE').findLast(({ headers }) => headers.destination === destination);
  }

  /** Sends a MESSAGE to the subscription to a destination. */
  publish(destination, body, headers = {}) {
    const { id } = this.subscribed(destination).headers;
    this.send('MESSAGE', { destination, subscription: id, 'message-id': `m${Math.random()}`, ...headers }, body);
  }

  send(command, headers, body = '') {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    this.socket.onmessage({ data: `${command}\n${lines.join('')}\n${body}\0` });
  }

  /** An ERROR, and the end of the connection. */
  fail(headers, body = '') {
    this.send('ERROR', headers, body);
    this.socket.end({ code: 1008, reason: '' });
  }

  /** The connection ends, and the client has tried again after the longest delay. */
  async cut(end = { code: 1006, reason: '' }) {
    this.socket.end(end);
    await settle();
    await pass(30_000);
  }

  opened(socket) {
    this.sockets.push(socket);
    if (this.isUp) {
      socket.readyState = OPEN;
      socket.onopen();
    } else {
      socket.end({ code: 1006, reason: '' });
    }
  }

  received(frame) {
    const { receipt } = frame.headers;
    if (frame.command === 'CONNECT') {
      this.send('CONNECTED', typeof this.connected === 'function' ? this.connected(frame) : this.connected);
    } else if (frame.command === 'DISCONNECT') {
      this.send('RECEIPT', { 'receipt-id': receipt });
    } else if (receipt && this.confirms) {
      this.send('RECEIPT', { 'receipt-id': receipt, ...this.receipt(frame) });
    }
  }
}

/** As much of a WebSocket as stompjs uses. */
class FakeSocket {
  url = 'ws://fake/stomp';
  readyState = 0;
  beats = 0;
  #server;

  constructor(server) {
    this.#server = server;
    queueMicrotask(() => server.opened(this));
  }

  send(data) {
    if (this.readyState !== OPEN) {
      return;
    }
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    if (text === '\n') {
      this.beats++;
      return;
    }
    for (const frame of text.split('\0').filter(Boolean).map(parsed)) {
      this.#server.frames.push(frame);
      // Not at once: stompjs does not read a frame while it handles another one.
      queueMicrotask(() => this.readyState === OPEN && this.#server.received(frame));
    }
  }

  close() {
    this.end({ code: 1005, reason: '' });
  }

  end(event) {
    if (this.readyState !== CLOSED) {
      this.readyState = CLOSED;
      this.onclose?.(event);
    }
  }
}

function parsed(text) {
  const [head, ...rest] = text.split('\n\n');
  const [command, ...lines] = head.split('\n');
  const headers = Object.fromEntries(lines.map((line) => line.split(/:(.*)/s, 2)));
  return { command, headers, body: rest.join('\n\n') };
}
