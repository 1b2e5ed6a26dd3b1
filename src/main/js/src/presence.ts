/** Who is in a topic, as a page keeps it. */

/** A user who is in a topic. */
export interface Member {
  readonly user: string;

  /** How many connections the user has there; 0 for the 5 s in which the user may come back. */
  readonly sessions: number;

  /** What the page of the user tells: nobody checked it. */
  readonly info: any;

  /** When the user came, in ISO 8601. */
  readonly since: string;
}

/**
 * Called with all members by user, a map of its own each time, and their number; a topic with very many members has the
 * number only.
 */
export type OnMembers = (members: Map<string, Member>, count: number) => void;

/** What the server tells: all members, or what has changed. */
interface Message {
  readonly count: number;
  readonly members?: Member[];
  readonly joined?: Member[];
  readonly left?: Member[];
  readonly changed?: Member[];
}

/** Takes the messages of a subscription in order: each connection begins with all members. */
export function membersTo(onMembers: OnMembers): (message: Message) => void {
  let known = new Map<string, Member>();
  return ({ count, members, left = [], joined, changed = [] }) => {
    known = new Map(joined && known);
    left.forEach(({ user }) => known.delete(user));
    (members ?? joined ?? []).concat(changed).forEach((member) => known.set(member.user, member));
    onMembers(new Map(known), count);
  };
}
