/** A WebSocket, as a {@link Transport}. */
import type { Data, Listener, Transport } from './transport.js';

/** @throws Error there is no WebSocket, or it may not go there */
export function webSocketTransport(url: string, protocols: string[], { opened, received, ended }: Listener): Transport {
  const socket = new WebSocket(url, protocols);
  socket.binaryType = 'arraybuffer';
  socket.onopen = opened;
  socket.onmessage = ({ data }) => received(data);
  // What follows is the close. Of an error for which nobody listens, ws makes the end of the program (Node).
  socket.onerror = () => {};
  socket.onclose = ({ code, reason, wasClean }) => ended({ code, reason, wasClean });
  return {
    send: (data: Data) => socket.send(data as string),
    close: () => socket.close(),

    drop() {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}
