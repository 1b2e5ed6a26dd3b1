/**
 * The messages of the page: each is kept until the server has confirmed it, or answered it if it is a question, on
 * whatever connection.
 */
import type { IMessage, StompHeaders } from '@stomp/stompjs';
import { freshId, type Link } from './link.js';
import { frameOf, valueOf } from './payload.js';
import { problemOf, StompProblem } from './problem.js';

/** Where answers come to: a temporary queue, which the server makes for the connection when a SEND names it. */
export const REPLIES = '/temp-queue/replies';

/** A frame after which the connection ended so often is taken for the reason. */
const MAX_SENDS = 5;

/** The details of a problem are a message of their own, which comes before or after the receipt. */
const DETAILS_MILLIS = 1000;

/** The longest time of a timer: 24 days. */
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;

interface Publication {
  send(): void;
  replied(message: IMessage): void;
  fail(problem: StompProblem): void;
}

export interface Outbox {
  /**
   * Resolves with the headers of the receipt, or with the value of the answer if a time is given in which it has to
   * come. Rejects with a {@link StompProblem}.
   */
  publish(destination: string, payload: unknown, headers?: StompHeaders, answerMillis?: number): Promise<unknown>;

  /**
   * Sends what waits, and once more what the last connection did not confirm. What the server would not read is
   * rejected: its ERROR would end the connection, each time.
   *
   * @param headers those of CONNECTED
   */
  connected(headers: StompHeaders): void;

  /** Takes a message that came to {@link REPLIES}. */
  replied(message: IMessage): void;

  /** Rejects what waits. */
  fail(problem: string): void;
}

export function outboxOf({ client, state, ended, ask, forget }: Link, maxWaiting: number): Outbox {
  /** By id, in the order in which they were made. */
  const publications = new Map<string, Publication>();

  /** Not a number, if the server does not say it. */
  let maxBytes: number;

  return {
    async publish(destination, payload, headers, answerMillis) {
      const isQuestion = answerMillis !== undefined;
      if (state().phase === 'closed') {
        throw new StompProblem('closed');
      }
      if (!client.connected && publications.size >= maxWaiting) {
        throw new StompProblem('too much waits', [`${maxWaiting} messages wait for a connection`]);
      }
      const id = freshId();
      const frame = frameOf(destination, payload, {
        // The same each time it is sent
        'x-idempotency-key': id,
        'correlation-id': id,
        ...headers,
        ...(isQuestion && { 'correlation-id': id, 'reply-to': REPLIES }),
        receipt: id,
      });
      const octets = (frame.binaryBody ?? new TextEncoder().encode(frame.body)).length;
      let timer: ReturnType<typeof setTimeout> | undefined;
      try {
        return await new Promise((resolve, reject) => {
          let sends = 0;
          let receipt: StompHeaders | undefined;
          let reply: IMessage | undefined;

          /** The receipt says whether the reply is one, or a problem. */
          const settle = () => {
            try {
              if (receipt?.problem) {
                if (reply) {
                  reject(problemOf(valueOf(reply)));
                }
              } else if (receipt && (reply || !isQuestion)) {
                resolve(reply ? valueOf(reply) : receipt);
              }
            } catch (failure) {
              reject(new StompProblem(receipt?.problem ?? 'unreadable answer', [String(failure)]));
            }
          };

          const publication: Publication = {
            send() {
              if (receipt?.problem) {
                return; // its details may still come
              }
              // A temporary queue ended with the connection before.
              receipt = reply = undefined;
              if (octets > maxBytes) {
                reject(new StompProblem('frame too large', [`${octets} octets, at most ${maxBytes}`]));
                return;
              }
              if (sends++ === MAX_SENDS) {
                reject(new StompProblem('not confirmed', [ended()]));
                return;
              }
              ask(
                id,
                (confirmed) => {
                  receipt = confirmed;
                  if (confirmed.problem) {
                    setTimeout(reject, DETAILS_MILLIS, new StompProblem(confirmed.problem));
                  } else if (isQuestion && confirmed['x-duplicate']) {
                    // It was handled before the connection ended, and its answer ended with that.
                    setTimeout(reject, DETAILS_MILLIS, new StompProblem('answer lost'));
                  }
                  settle();
                },
                reject,
              );
              client.publish(frame);
            },

            replied(message) {
              reply = message;
              settle();
            },

            fail: reject,
          };
          publications.set(id, publication);
          if (isQuestion) {
            const millis = Math.min(answerMillis, LONGEST_TIMER_MILLIS);
            timer = setTimeout(() => {
              reject(new StompProblem('timed out', [`no answer of ${destination}${receipt ? ', which took it' : ''}`]));
            }, millis);
          }
          if (client.connected) {
            publication.send();
          }
        });
      } finally {
        clearTimeout(timer);
        publications.delete(id);
        forget(id);
      }
    },

    connected(headers) {
      maxBytes = Number(headers['max-frame-bytes']);
      publications.forEach((publication) => publication.send());
    },

    replied: (message) => publications.get(message.headers['correlation-id'] ?? '')?.replied(message),

    fail(problem) {
      publications.forEach((publication) => publication.fail(new StompProblem(problem)));
      // Before their promises do: the next ones may be sent now.
      publications.clear();
    },
  };
}
