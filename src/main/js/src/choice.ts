/** Which transport works here, as long as the tab remembers it. */
const KEPT_MILLIS = 3_600_000;

/** The transport to begin with. */
export interface Choice {
  transport: string;

  /** Whether a WebSocket that opens is worth another try: not if one opened before, and brought nothing. */
  mayProbe: boolean;
}

/** For pages whose browser keeps nothing. */
const memory: Record<string, string> = {};

export function choiceFor(url: string): Choice | undefined {
  const [until, transport, mayProbe] = (store()[keyOf(url)] ?? '').split(' ');
  return transport && Number(until) > Date.now() ? { transport, mayProbe: mayProbe === 'true' } : undefined;
}

/** Remembers it for an hour. */
export function choose(url: string, { transport, mayProbe }: Choice): void {
  try {
    store()[keyOf(url)] = `${Date.now() + KEPT_MILLIS} ${transport} ${mayProbe}`;
  } catch {
    // The store is full: the next connection finds out by itself.
  }
}

export function forget(url: string): void {
  delete store()[keyOf(url)];
}

const keyOf = (url: string) => `stompline-transport ${url}`;

function store(): Record<string, string> {
  try {
    return globalThis.sessionStorage ?? memory;
  } catch {
    return memory; // The browser does not let the page.
  }
}
