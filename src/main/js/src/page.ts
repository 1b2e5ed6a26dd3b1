/** What the browser does to a page that nobody looks at, and when somebody is back. */

/** What a page is told; see {@link watchPage}. */
export interface PageWatcher {
  /** The page may have slept: it is shown, goes on after a freeze, came out of the history, or the network is back. */
  onWake(): void;

  /** While the page is hidden: a heart-beat is due. */
  onBeat(): void;
}

/**
 * Tells the watcher, until the returned function is called. Nothing happens where there is no page.
 *
 * A frozen page runs nothing, its workers neither, and needs no word when it freezes: the server gives it up, or not.
 */
export function watchPage({ onWake, onBeat }: PageWatcher, beatMillis: number): () => void {
  const page = globalThis.document;
  if (!page) {
    return () => {};
  }
  let worker: Worker | undefined;
  const stopBeats = () => {
    worker?.terminate();
    worker = undefined;
  };
  const visibility = () => {
    stopBeats();
    if (!page.hidden) {
      onWake();
    } else if (beatMillis) {
      worker = startWorker(beatMillis, onBeat);
    }
  };
  const end = new AbortController();
  const { signal } = end;
  visibility();
  page.addEventListener('visibilitychange', visibility, { signal });
  page.addEventListener('resume', onWake, { signal });
  addEventListener('pageshow', onWake, { signal });
  addEventListener('online', onWake, { signal });
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
