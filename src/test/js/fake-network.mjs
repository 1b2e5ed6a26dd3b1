/** A network for one page, in memory: WebSockets and HTTP requests to a server that only the test plays. */

const SESSION = 'node.1';

/** Fields as the server gives them at an opening. */
export const OPENING = { session: SESSION, secret: 'its secret', poll: 25_000 };

/** Lets happen what is on its way, until something is so. */
export async function until(condition) {
  for (let turn = 0; !condition(); turn++) {
    if (turn === 1000) {
      throw new Error(`never: ${condition}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** In the place of `WebSocket` and `fetch`: nothing is answered but by the test. */
export class FakeNetwork {
  /** All that were opened, in order. */
  webSockets = [];
  /** All that were asked, in order. */
  requests = [];
  /** Answers for the next requests of the same path: functions of the request, or statuses. */
  #answers = {};

  constructor() {
    const network = this;
    globalThis.WebSocket = class extends FakeWebSocket {
      constructor(...given) {
        super(...given);
        network.webSockets.push(this);
      }
    };
    globalThis.fetch = (url, init) => this.#fetch(new URL(url), init);
  }

  get webSocket() {
    return this.webSockets.at(-1);
  }

  /** The requests to that path. */
  to(path) {
    return this.requests.filter((request) => request.path === path);
  }

  /** What the POSTs brought up that were taken. */
  get up() {
    return this.to(`/stomp/http/${SESSION}`).filter(({ status }) => status === 204);
  }

  /** Answers the next requests to a path so, the last answer also those after them. */
  answer(path, ...answers) {
    this.#answers[path] = answers;
  }

  async #fetch(url, init) {
    const request = new FakeRequest(url, init, await (init.body?.text() ?? ''));
    this.requests.push(request);
    const answers = this.#answers[request.path] ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer !== undefined) {
      request.answer(answer);
    }
    return request.response;
  }
}

class FakeRequest {
  #resolve;
  #reject;
  #stream;

  constructor(url, { method, headers, signal, keepalive, credentials, redirect }, body) {
    Object.assign(this, { path: url.pathname, query: url.search, method, headers, signal, keepalive, credentials, redirect, body });
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal?.addEventListener('abort', () => this.fail(new DOMException('aborted', 'AbortError')));
  }

  get isAborted() {
    return this.signal.aborted;
  }

  /** With a status, a text, or what a function of the request says. */
  answer(answer, headers = {}) {
    if (typeof answer === 'function') {
      answer(this);
    } else if (typeof answer === 'number') {
      this.status = answer;
      this.#resolve(new Response(null, { status: answer, headers }));
    } else {
      this.status = 200;
      this.#resolve(new Response(answer, { headers }));
    }
  }

  /** Without an answer, or in the middle of one. */
  fail(failure = new TypeError('Failed to fetch')) {
    this.#reject(failure);
    this.#stream?.error(failure);
  }

  /** Begins a stream of events. */
  stream(...events) {
    this.status = 200;
    const body = new ReadableStream({ start: (controller) => void (this.#stream = controller) });
    this.#resolve(new Response(body));
    events.forEach((event) => this.push(event));
  }

  /** Goes on with the stream: a text or octets. */
  push(piece) {
    this.#stream.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
  }

  end() {
    this.#stream.close();
  }
}

class FakeWebSocket {
  sent = [];
  isClosed = false;

  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
  }

  open() {
    this.onopen?.();
  }

  send(data) {
    this.sent.push(data);
  }

  receive(data) {
    this.onmessage?.({ data });
  }

  close() {
    this.isClosed = true;
  }

  /** It ends. Like ws in Node, it throws an error for which nobody listens. */
  end(ending = { code: 1006, reason: '', wasClean: false }) {
    if (!ending.wasClean) {
      this.onerror();
    }
    this.onclose?.(ending);
  }
}
