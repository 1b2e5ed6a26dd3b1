/** How long to wait before the next attempt to connect. */
export const LONGEST_MILLIS = 30_000;

const TRY_AGAIN_LATER = 1013;

/** How a connection ended, as a `CloseEvent` says it. */
export interface End {
  code?: number;
  reason?: string;
}

/**
 * Milliseconds until the next attempt: a random part ("full jitter") of 1 s, 2 s, 4 s to 30 s, so that a thousand
 * pages that lost their server do not come back at once.
 *
 * A server that stops says in the reason of its close when to come back, "retry after 1234 ms"; one that has too much
 * to do closes with code 1013.
 *
 * @param attempts how many failed before
 */
export function delayMillis(attempts: number, { code, reason }: End): number {
  const hint = /retry after (\d+) ms/.exec(reason ?? '');
  const ceiling = code === TRY_AGAIN_LATER ? LONGEST_MILLIS : Math.min(1000 * 2 ** attempts, LONGEST_MILLIS);
  return hint ? Number(hint[1]) : Math.random() * ceiling;
}
