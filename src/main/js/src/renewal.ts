/** Shows the server the next token before the one of the connection ends. */
import type { StompHeaders } from '@stomp/stompjs';
import { freshId, type Link } from './link.js';

const LEAD_MILLIS = 5 * 60_000;
const SOONEST_MILLIS = 5_000;
const LATEST_MILLIS = 24 * 3_600_000;

/**
 * Gives what plans the renewal, and forgets the one before, by the header `token-expires-in` that CONNECTED and the
 * RECEIPT of a renewal have; without it nothing is planned.
 */
export function renewalOf({ client, ask, forget }: Link, token: () => Promise<string>): (headers: StompHeaders) => void {
  let timer: ReturnType<typeof setTimeout>;
  let plans = 0;
  const plan = (headers: StompHeaders) => {
    clearTimeout(timer);
    plans++;
    const lifeMillis = Number(headers['token-expires-in']);
    if (lifeMillis) {
      const dueMillis = Math.max(lifeMillis - LEAD_MILLIS, lifeMillis / 2, SOONEST_MILLIS);
      timer = setTimeout(renew, Math.min(dueMillis, LATEST_MILLIS));
    }
  };
  const renew = async () => {
    const mine = plans;
    try {
      const body = await token();
      // Else the next CONNECT has a token.
      if (mine === plans && client.connected) {
        const receipt = freshId();
        const onReceipt = (headers: StompHeaders) => {
          forget(receipt);
          plan(headers);
        };
        ask(receipt, onReceipt, () => {});
        client.publish({ destination: '/app/stompline/token', body, headers: { receipt } });
      }
    } catch {
      if (mine === plans) {
        timer = setTimeout(renew, SOONEST_MILLIS);
      }
    }
  };
  return plan;
}
