/** What a `StomplineSocket` asks of a WebSocket, or of HTTP requests in its place. */

/** What a WebSocket sends. */
export type Data = string | ArrayBufferLike | Blob | ArrayBufferView;

/** How it ended, as a `CloseEvent` says it. */
export interface Ending {
  code: number;
  reason: string;
  wasClean: boolean;
}

/** Code of a connection that ended without a word. */
export const LOST = 1006;

/** One attempt to reach the server, and the connection that comes of it. */
export interface Transport {
  /** Sends octets, after {@link Listener.opened}. */
  send(data: Data): void;

  /** Sends what waits, and ends; the listener is told. */
  close(): void;

  /** Ends at once; the listener is told nothing any more. */
  drop(): void;
}

/** Is told what becomes of a {@link Transport}, and never before that is there. */
export interface Listener {
  opened(): void;

  received(data: string | ArrayBuffer): void;

  /**
   * Called once, at the end.
   *
   * @param isRefused the server answered, and would answer another transport the same
   */
  ended(ending: Ending, isRefused?: boolean): void;
}
