/**
 * Why the server, or time, did not let something happen.
 *
 * `problem` is a short text that stays the same, as the chapters "Errors and what to do" and "Beans and browsers" of the
 * guide list them, or one of this package: `timed out`, `too much waits`, `not confirmed`, `closed`.
 */
export class StompProblem extends Error {
  override readonly name = 'StompProblem';
  readonly problem: string;

  /** What to change, if one can do something, in sentences. */
  readonly details: readonly string[];

  constructor(problem: string, details: readonly string[] = []) {
    super([problem, ...details].join(': '));
    this.problem = problem;
    this.details = details;
  }

  /** What the server sent: a `StompProblem`, or the reply of an exception mapper with a type of its own. */
  static of(reply: unknown): StompProblem {
    const { problem, details } = (reply ?? {}) as { problem?: unknown; details?: unknown };
    return typeof problem === 'string'
      ? new StompProblem(problem, Array.isArray(details) ? details.map(String) : [])
      : new StompProblem('refused', [typeof reply === 'string' ? reply : JSON.stringify(reply)]);
  }
}
