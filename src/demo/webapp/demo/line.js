/** The line between a page and its server, with scissors: for demos of what happens when a connection is lost. */
import { endpointUrl, openSocket } from '../js/socket.js';
import { StompSocketState } from '../js/stompjs.js';

/** How a socket ends that nobody closed. */
const LOST = { code: 1006, reason: 'the line was cut', wasClean: false };

export class Line {
  #endpoint = endpointUrl();
  #socket;
  /** Ends what is left of the socket that was cut off. */
  #forget = () => {};
  #isCut = false;

  /** The server at the other end. */
  get endpoint() {
    return this.#endpoint;
  }

  /** Opens a socket, as `webSocketFactory` of stompjs does; one that fails while the line is cut. */
  open(protocols, onFrames) {
    if (this.#isCut) {
      return failing();
    }
    const socket = openSocket(protocols, (frames) => socket === this.#socket && onFrames(frames), this.#endpoint);
    this.#socket = socket;
    return socket;
  }

  /** Cuts it: neither side hears of the other, and nothing is closed. Calls `onBack` when it is whole again. */
  cut(millis, onBack) {
    this.#isCut = true;
    this.#drop();
    setTimeout(() => {
      this.#isCut = false;
      this.#forget();
      onBack();
    }, millis);
  }

  /** The next socket goes to another server; this one is lost. */
  moveTo(endpoint) {
    this.#endpoint = endpoint;
    this.#drop();
    this.#forget();
  }

  /** To the page it ends now; the server goes on sending to it. */
  #drop() {
    const socket = this.#socket;
    if (!socket) {
      return;
    }
    this.#socket = undefined;
    const { onclose } = socket;
    Object.assign(socket, { onopen: null, onmessage: null, onerror: null, onclose: null, send() {} });
    this.#forget = () => socket.close();
    onclose?.(LOST);
  }
}

/** What a socket without a network does. */
function failing() {
  const socket = { readyState: StompSocketState.CONNECTING, send() {}, close() {} };
  setTimeout(() => {
    socket.readyState = StompSocketState.CLOSED;
    socket.onclose?.(LOST);
  });
  return socket;
}
