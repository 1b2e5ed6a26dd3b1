/** Shows the server the next token before the one of the connection ends. */
import type { StompHeaders } from '@stomp/stompjs';
import { freshId, type Link } from './link.js';

const DESTINATION = '/app/stompline/token';
const LEAD_MILLIS = 60_000;
const SOONEST_MILLIS = 5_000;
const LATEST_MILLIS = 24 * 3_600_000;

export class Renewal {
  readonly #link: Link;
  readonly #token: () => Promise<string>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link, token: () => Promise<string>) {
    this.#link = link;
    this.#token = token;
  }

  /** Plans it by `token-expires-in`, which CONNECTED and the RECEIPT of a renewal have. */
  plan(headers: StompHeaders): void {
    const lifeMillis = Number(headers['token-expires-in']);
    if (lifeMillis) {
      this.#renewIn(Math.min(Math.max(lifeMillis - LEAD_MILLIS, SOONEST_MILLIS), LATEST_MILLIS));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #renewIn(millis: number): void {
    this.stop();
    this.#timer = setTimeout(() => void this.#renew(), millis);
  }

  async #renew(): Promise<void> {
    try {
      const body = await this.#token();
      const { client } = this.#link;
      // Else the next CONNECT has a token.
      if (client.connected) {
        const receipt = freshId();
        this.#link.ask(receipt, { receipt: (headers) => this.plan(headers), refused: () => {} });
        client.publish({ destination: DESTINATION, body, headers: { receipt } });
      }
    } catch {
      this.#renewIn(SOONEST_MILLIS);
    }
  }
}
