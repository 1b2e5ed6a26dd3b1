/** How long to wait before the next attempt to connect. */
const LONGEST_MILLIS = 30_000;
const TRY_AGAIN_LATER = 1013;

/** How a connection ended, as a `CloseEvent` says it. */
export interface End {
  code?: number;
  reason?: string;
}

/**
 * Exponential from 1 s to 30 s, of which it takes a random part ("full jitter"): a thousand pages that lost their server do
 * not come back at once.
 */
export class Backoff {
  #attempts = 0;

  /** After a connection that lasted, or when somebody is back at the page. */
  reset(): void {
    this.#attempts = 0;
  }

  /**
   * Milliseconds until the next attempt. A server that stops says in the reason of its close when to come back, "retry after
   * 1234 ms"; one that has too much to do closes with code 1013.
   */
  next({ code, reason }: End): number {
    const hint = /retry after (\d+) ms/.exec(reason ?? '');
    const ceiling = code === TRY_AGAIN_LATER ? LONGEST_MILLIS : Math.min(1000 * 2 ** this.#attempts++, LONGEST_MILLIS);
    return hint ? Number(hint[1]) : Math.random() * ceiling;
  }
}
