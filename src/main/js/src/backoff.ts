/** How long to wait before the next attempt to connect. */
export const LONGEST_MILLIS = 30_000;

const LONGEST_HINT_MILLIS = 300_000;

/** What the server says, it may have said to others, too. */
const HINT_JITTER_MILLIS = 1000;

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
 * A server that stops says in the reason of its close when to come back at the earliest, "retry after 1234 ms"; one that
 * has too much to do closes with code 1013.
 *
 * @param attempts how many failed before
 * @returns the delay, and whether the server wants it
 */
export function delayOf(attempts: number, { code, reason }: End): { millis: number; isWanted: boolean } {
  const hint = /retry after (\d+) ms/.exec(reason ?? '');
  const isBusy = code === TRY_AGAIN_LATER;
  const ceiling = isBusy ? LONGEST_MILLIS : Math.min(1000 * 2 ** attempts, LONGEST_MILLIS);
  const earliest = hint ? Math.min(Number(hint[1]), LONGEST_HINT_MILLIS) : 0;
  const millis = earliest + Math.random() * (hint ? HINT_JITTER_MILLIS : ceiling);
  return { millis, isWanted: isBusy || !!hint };
}
