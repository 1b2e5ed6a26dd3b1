/** HTTP requests in the place of a WebSocket: a stream of events or polls down, POSTs up. */
import { eventReader } from './events.js';
import { type Data, type Ending, type Listener, LOST, type Transport } from './transport.js';

/** How much is sent at once; half of it if the server does not take that, and so on. */
const MAX_BODY_BYTES = 64 * 1024;
const MIN_BODY_BYTES = 1024;

/** How long a request is repeated, from its first failure on. */
const GIVE_UP_MILLIS = 30_000;
const RETRY_SECONDS = 1;

/** Statuses below 500 of what may be taken later: too slow, one at a time, too many. */
const PASSING = [408, 409, 429];
const TOO_LARGE = 413;
const UNAVAILABLE = 503;

/** How much longer a poll may take than the server says. */
const POLL_SLACK_MILLIS = 10_000;

/** How long a POST may take; the server holds one for up to 5 s. */
const POST_MILLIS = 15_000;

/** How long the end may take: what waits is sent, and the server confirms it. */
const CLOSE_MILLIS = 5_000;

const CLOSED: Ending = { code: 1000, reason: '', wasClean: true };
const HIDDEN: Ending = { code: 1001, reason: 'the page is hidden', wasClean: false };

/** What the server says of a session that it has opened. */
interface Session {
  session: string;
  secret: string;
  /** How long a poll is held, in milliseconds. */
  poll: number;
}

interface Answer {
  status: number;
  text: string;
}

/**
 * Opens a session at the server.
 *
 * The opening carries nothing of what is sent: a ticket in it would be used up by a stream that a proxy holds back.
 *
 * @param url of the opening
 * @param isPoll whether to ask for what comes, for the sake of proxies that hold back a stream until it ends
 */
export function httpTransport(url: URL, isPoll: boolean, { opened, received, ended }: Listener): Transport {
  const over = new AbortController();
  const { signal } = over;
  let session: Session | undefined;
  let waiting: BlobPart[] = [];
  let maxBodyBytes = MAX_BODY_BYTES;
  let sent = 0;
  let isSending = false;
  let isClosing = false;

  const open = async () => {
    const response = await post('', {}, { signal });
    if (!response.ok) {
      refuse(response);
    } else if (isPoll) {
      begin(await response.json());
      // The CONNECT goes first: a poll may hold the only connection that is free.
      await undefined;
      await poll();
    } else {
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        take(piece.value);
      }
      stop('the stream ended');
    }
  };

  /** Goes to the session, once there is one. */
  const post = (path: string, parameters: Record<string, string>, init: RequestInit) => {
    const target = new URL(url);
    const headers: Record<string, string> = { 'Content-Type': 'application/stomp' };
    if (session) {
      target.pathname += `/${session.session}${path}`;
      headers['Stompline-Secret'] = session.secret;
    } else {
      headers.Accept = isPoll ? 'application/json' : 'text/event-stream';
    }
    Object.entries(parameters).forEach(([name, value]) => target.searchParams.set(name, value));
    // With cookies to the page's own server only, as no other lets a user in by them. A redirection would get the secret.
    return fetch(target.href, { method: 'POST', headers, credentials: 'same-origin', redirect: 'error', ...init });
  };

  const refuse = ({ status, headers }: Response) => {
    const hint = status === UNAVAILABLE ? `; retry after ${1000 * secondsOf(headers)} ms` : '';
    // 1013 is "try again later".
    end({ code: hint ? 1013 : LOST, reason: `HTTP ${status}${hint}`, wasClean: false }, true);
  };

  const begin = (opening: Session) => {
    session = opening;
    const hide = () => {
      drop();
      ended(HIDDEN);
    };
    globalThis.addEventListener?.('pagehide', hide, { signal });
    opened();
  };

  const take = eventReader((type, data) => {
    if (signal.aborted) {
      return;
    }
    if (type === 'message') {
      received(data);
    } else if (type === 'b') {
      received(Uint8Array.from(atob(data), (octet) => octet.charCodeAt(0)).buffer);
    } else if (type === 'open') {
      begin(JSON.parse(data));
    } else if (type === 'ping') {
      sendSoon('');
    } else if (type === 'close') {
      end({ ...JSON.parse(data), wasClean: true });
    }
  });

  const poll = async () => {
    for (let batches = 0; !signal.aborted; ) {
      const { status, text } = await ask('/poll', { ack: `${batches}` }, {}, session!.poll + POLL_SLACK_MILLIS);
      if (status !== 200) {
        stop(`HTTP ${status}`);
      } else if (text) {
        batches++;
        take(text);
      }
    }
  };

  /** Sends what waits, one request after the other; what is sent in the same breath goes together. */
  const flush = async () => {
    if (isSending) {
      return;
    }
    isSending = true;
    await undefined;
    while (waiting.length && !signal.aborted) {
      const all = new Blob(waiting);
      waiting = [];
      const { status } = await ask('', { n: `${sent + 1}` }, { body: all.slice(0, maxBodyBytes) }, POST_MILLIS);
      if (status === 204) {
        sent++;
        const rest = all.slice(maxBodyBytes);
        waiting.unshift(...(rest.size ? [rest] : []));
      } else if (status === TOO_LARGE && maxBodyBytes > MIN_BODY_BYTES) {
        maxBodyBytes /= 2;
        waiting.unshift(all);
      } else {
        end({ code: status === TOO_LARGE ? 1009 : LOST, reason: `HTTP ${status}`, wasClean: false });
      }
    }
    isSending = false;
    if (isClosing && !signal.aborted) {
      leave();
    }
  };

  const sendSoon = (part: BlobPart) => {
    waiting.push(part);
    flush().catch(lose);
  };

  /** Asks until the server says yes or no: it knows a request that it has carried out already. */
  const ask = async (
    path: string,
    parameters: Record<string, string>,
    init: RequestInit,
    limitMillis: number,
  ): Promise<Answer> => {
    let giveUpAt: number | undefined;
    for (;;) {
      const attempt = new AbortController();
      const abort = () => attempt.abort();
      const limit = setTimeout(abort, limitMillis);
      let seconds = RETRY_SECONDS;
      let failure: unknown;
      signal.addEventListener('abort', abort);
      try {
        const response = await post(path, parameters, { ...init, signal: attempt.signal });
        const { status, headers } = response;
        if (status < 500 && !PASSING.includes(status)) {
          return { status, text: await response.text() };
        }
        seconds = secondsOf(headers);
        failure = `HTTP ${status}`;
      } catch (cause) {
        failure = cause;
      } finally {
        clearTimeout(limit);
        signal.removeEventListener('abort', abort);
      }
      giveUpAt ??= Date.now() + GIVE_UP_MILLIS;
      if (signal.aborted || Date.now() + 1000 * seconds > giveUpAt) {
        throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
      if (signal.aborted) {
        throw failure;
      }
    }
  };

  /** Nobody waits for what the server says to it: the page may be gone. */
  const leave = () => void post('/close', {}, { keepalive: true }).catch(() => {});

  const drop = () => {
    over.abort();
    if (session) {
      leave();
    }
  };

  const end = (ending: Ending, isRefused?: boolean) => {
    if (!signal.aborted) {
      over.abort();
      ended(ending, isRefused);
    }
  };
  const lose = (failure: unknown) => end({ code: LOST, reason: String(failure), wasClean: false });

  /** Whatever a request of it still waits for. */
  const giveUp = () => {
    if (!signal.aborted) {
      leave();
      lose('the end was not confirmed');
    }
  };

  /** Nothing comes any more: if that is our own wish, all is well. */
  const stop = (failure: unknown) => (isClosing && session ? end(CLOSED) : lose(failure));

  open().catch(stop);
  return {
    send(data: Data) {
      // Its owner may change the octets afterwards.
      sendSoon(typeof data === 'string' ? data : new Blob([data as BlobPart]));
    },

    close() {
      isClosing = true;
      if (session) {
        flush().catch(lose);
        setTimeout(giveUp, CLOSE_MILLIS);
      } else {
        lose('closed before it was open');
      }
    },

    drop,
  };
}

const secondsOf = (headers: Headers) => Math.max(Number(headers.get('Retry-After')) || 0, RETRY_SECONDS);
