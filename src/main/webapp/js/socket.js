/** The socket of a page, seen from outside: STOMP.js has no hook for raw frames. */
import { StomplineSocket } from '../stompline/stompline-socket.js';
import { endpointPath } from './endpoint.js';

/** The endpoint: below the page, wherever the application is deployed. */
export function endpointUrl() {
  const url = new URL(`.${endpointPath}`, document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/**
 * Opens one, to the endpoint of the page unless another is named. Calls `onFrames` with what goes over it, a frame or
 * more: `direction`, 'received' or 'sent', and `text`.
 */
export function openSocket(protocols, onFrames, endpoint = endpointUrl()) {
  const socket = new StomplineSocket(endpoint, { protocols });
  const send = socket.send.bind(socket);
  socket.send = (data) => {
    send(data);
    onFrames({ direction: 'sent', text: text(data) });
  };
  socket.addEventListener('message', ({ data }) => onFrames({ direction: 'received', text: text(data) }));
  return socket;
}

/** Of a message; a binary one is an ArrayBuffer. */
function text(data) {
  return typeof data === 'string' ? data : new TextDecoder().decode(data);
}
