/** The page in the browser: frozen while nobody looks at it, and awake again. */

/**
 * Calls `onWake` when the page may have slept: it is shown, goes on after a freeze, comes out of the history, or the
 * network is back; and `onBeat` each time a heart-beat is due while it is hidden. Nothing happens where there is no
 * page.
 *
 * A frozen page runs nothing, its workers neither, and needs no word when it freezes: the server gives it up, or not.
 *
 * @returns ends it
 */
export function watchPage(onWake: () => void, onBeat: () => void, beatMillis: number): () => void {
  const page = globalThis.document;
  const end = new AbortController();
  let worker: Worker | undefined;
  const stopBeats = () => worker?.terminate();
  const look = () => {
    stopBeats();
    if (!page.hidden) {
      onWake();
    } else if (beatMillis) {
      worker = startWorker(beatMillis, onBeat);
    }
  };
  const listen = (target: EventTarget, type: string, act: (event: Event) => void) =>
    target.addEventListener(type, act, { signal: end.signal });
  if (page) {
    look();
    listen(page, 'visibilitychange', look);
    listen(page, 'resume', onWake);
    // Also the end of loading is one.
    listen(globalThis, 'pageshow', (event) => (event as PageTransitionEvent).persisted && onWake());
    listen(globalThis, 'online', onWake);
  }
  return () => {
    end.abort();
    stopBeats();
  };
}

/** A file of its own, because a policy of "default-src 'self'" does not let a worker come from a `blob:`. */
function startWorker(millis: number, onBeat: () => void): Worker | undefined {
  try {
    const worker = new Worker(new URL('./beats-worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = onBeat;
    worker.postMessage(millis);
    return worker;
  } catch {
    return undefined; // a module of another origin: the timers of stompjs have to do
  }
}
