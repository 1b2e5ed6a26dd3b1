/**
 * Calls what the page gave, if it did. An exception is reported like one of an event handler, and goes no further: the
 * connection has its own work to do.
 */
export function call<A extends unknown[]>(callback: ((...args: A) => unknown) | undefined, ...args: A): void {
  try {
    callback?.(...args);
  } catch (failure) {
    // Node.js has no reportError.
    (globalThis.reportError ?? console.error)(failure);
  }
}
