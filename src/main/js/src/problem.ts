/**
 * Why the server, or time, did not let something happen.
 *
 * `problem` is a short text that stays the same, as the chapters "Errors and what to do" and "Beans and browsers" of
 * the guide list them, or one of this package: `timed out`, `too much waits`, `frame too large`, `not confirmed`,
 * `answer lost`, `unreadable answer`, `other user`, `closed`. `details` are sentences that say what to change, if one
 * can do something.
 */
export class StompProblem extends Error {
  override readonly name = 'StompProblem';

  constructor(
    readonly problem: string,
    readonly details: readonly string[] = [],
  ) {
    super(details.length ? `${problem}: ${details.join('; ')}` : problem);
  }
}

/** Of what the server sent: a `StompProblem`, or the reply of an exception mapper with a type of its own. */
export function problemOf(reply: unknown): StompProblem {
  const { problem, details } = Object(reply) as { problem?: string; details?: unknown };
  return problem ? new StompProblem(problem, Array.isArray(details) ? details : []) : new StompProblem('refused', [JSON.stringify(reply)]);
}
