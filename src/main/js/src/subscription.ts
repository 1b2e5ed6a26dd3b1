/** A subscription that outlives connections. */
import type { IMessage, StompHeaders } from '@stomp/stompjs';
import { call } from './callback.js';
import { freshId, type Link } from './link.js';
import { valueOf } from './payload.js';
import type { StompProblem } from './problem.js';

/**
 * Ids of messages that a subscription remembers, to know doubles: more than come within the 10 s in which there may
 * be some.
 */
const REMEMBERED = 1000;

const POSITION = 'x-stream-offset';

/** The options and the callbacks of a subscription. */
export interface SubscribeOptions {
  /** Headers of the SUBSCRIBE, such as `selector` or `ack`; `x-stream-offset` is taken for {@link from}. */
  headers?: StompHeaders;

  /**
   * Where to begin in the history of the topic, if the server keeps one: `last=20`, `last`, `first`,
   * `timestamp=<seconds since 1970>`, or `next` for new messages only.
   */
  from?: string;

  /**
   * Called each time the subscription was made again after the connection had been lost: with `true` if nothing is
   * missing; with `false` if that is not so, or not known, and what the page shows should be loaded anew.
   */
  onRecovered?(recovered: boolean): void;

  /** Called before a message in front of which others are missing, with their number; `NaN` if it is not known. */
  onDropped?(count: number): void;

  /**
   * Called when the server refuses the subscription, which is over then. Without it `onProblem` of the connection is
   * called.
   */
  onRefused?(problem: StompProblem): void;
}

/** The result of {@link Stompline.subscribe}. */
export interface Subscription {
  /** Ends it, at the server as well; headers are those of the UNSUBSCRIBE. */
  unsubscribe(headers?: StompHeaders): void;
}

/** Called with the value of the body and the message: its headers, `ack()` and `nack()`. */
export type OnMessage<T> = (value: T, message: IMessage) => void;

/** Made anew on each connection, until it is closed. */
export interface LastingSubscription {
  /** Subscribes on the connection that is open, which is that session of the server. */
  open(session: string | undefined): void;

  /** Forgets where it was: another user may not see the same. */
  forget(): void;

  close(headers?: StompHeaders): void;
}

export function lastingSubscription<T>(
  { client, ask, forget }: Link,
  destination: string,
  onMessage: OnMessage<T>,
  { headers: { [POSITION]: offset, ...asked } = {}, from = offset, onRecovered, onDropped }: SubscribeOptions,
  onRefused: (problem: StompProblem) => void,
): LastingSubscription {
  /** In SUBSCRIBE and its RECEIPT, on every connection. */
  const id = freshId();
  const seen = new Set<string>();
  let isMade = false;

  /** The session that the last SUBSCRIBE was sent on. */
  let former: string | undefined;

  /** Behind the last message, as far as the server keeps a history. */
  let position: string | undefined;

  /** The position that this connection asked for: what comes is behind it. */
  let start: string | undefined;

  /** Whether one node gave both numbers, and the other one not later. Topics of a pattern come in any order. */
  const isUpTo = (last: string | undefined, other: string) => {
    const [node, number] = other.split('.');
    const [lastNode, lastNumber] = (last ?? '').split('.');
    return node === lastNode && Number(number) <= Number(lastNumber) && !destination.includes('*');
  };

  /** A message that was held up has a number before that of the last one. */
  const keep = (next: string | undefined) => {
    if (!next || !isUpTo(position, next)) {
      position = next;
    }
  };

  /** Notes the message. Only a topic with history has positions: what a queue gives again is not done yet. */
  const isDouble = (headers: StompHeaders) => {
    const next = headers[POSITION];
    if (!next) {
      return false;
    }
    // Where messages are acknowledged, the id is one of the connection, and another message may have it on the next
    // one.
    const messageId = headers.ack ? '' : (headers['message-id'] ?? '');
    const isSeen = messageId !== '' && seen.has(messageId) && headers.redelivered === 'true';
    seen.add(messageId);
    if (seen.size > REMEMBERED) {
      seen.delete(seen.values().next().value as string);
    }
    keep(next);
    return isSeen || isUpTo(start, next);
  };

  return {
    open(session) {
      start = position;
      const where = position ? `after=${position}` : !isMade && from;
      ask(
        id,
        (headers) => {
          forget(id);
          if (headers['x-recovered'] === 'false') {
            // Last values come again from the first, which may be one that was seen.
            position = start = undefined;
          }
          // Else what is replayed comes first, up to that position.
          if (!Number(headers['x-replayed'])) {
            keep(headers[POSITION]);
          }
          if (isMade) {
            call(onRecovered, headers['x-recovered'] === 'true');
          }
          isMade = true;
        },
        onRefused,
      );
      client.subscribe(
        destination,
        (message) => {
          const { headers } = message;
          const dropped = headers['x-dropped'];
          if (dropped) {
            call(onDropped, Number(dropped));
          }
          if (!isDouble(headers)) {
            call(() => onMessage(valueOf(message) as T, message));
          }
        },
        // The correlation-id is that of a message that tells of a refusal, where the server does not end the
        // connection.
        { ...asked, id, receipt: id, 'correlation-id': id, ...(where && { [POSITION]: where }), ...(former && { 'x-resumed-session': former }) },
      );
      former = session;
    },

    forget() {
      position = former = undefined;
      seen.clear();
    },

    close(headers) {
      forget(id);
      if (client.connected) {
        client.unsubscribe(id, headers);
      }
    },
  };
}
