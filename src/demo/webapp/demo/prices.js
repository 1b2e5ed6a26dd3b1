/** The prices of the shop: each is the last value of a topic for its item. The pages set them; no bean knows of them. */
import { byId, element, smallButton } from '../js/view.js';

const TOPIC = '/topic/shop/prices';
/** Whoever may send to the topic may name any other: the page shows these. */
const ITEMS = ['Tea', 'Coffee', 'Cocoa'];
const MOST = 1000;
const TIME = new Intl.DateTimeFormat([], { timeStyle: 'medium' });

/** The list of prices, and the form that sets one. */
export class Prices {
  #demo;
  /** The lines of the list, by item. */
  #lines = new Map();

  constructor(demo) {
    this.#demo = demo;
    byId('price-item').append(...ITEMS.map((item) => element('option', {}, item)));
    byId('price-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#set(byId('price-item').value, byId('price').valueAsNumber);
    });
  }

  /** The prices of now come first, without being asked for, then each change. */
  subscribe() {
    ITEMS.forEach((item) => this.#remove(item));
    this.#demo.subscribe(TOPIC, (price, { headers }) => this.#take(price, headers), {
      // Else a price may have been taken off the list unheard: all that are left follow.
      onRecovered: (isWhole) => isWhole || ITEMS.forEach((item) => this.#remove(item)),
    });
  }

  /** Without a price, takes the item off the list. */
  #set(item, price) {
    return this.#demo.send('price-form', TOPIC, price, { item });
  }

  #take(price, headers) {
    if (price === '') {
      this.#remove(headers.item);
    } else if (ITEMS.includes(headers.item) && price >= 0 && price <= MOST) {
      this.#show(Number(price), headers);
    }
  }

  #show(price, { item, sender, timestamp, 'x-replayed': replayed }) {
    const when = `${sender}, ${TIME.format(Number(timestamp))}${replayed ? ', before this page came' : ''}`;
    const off = smallButton('Take off', () => this.#set(item));
    off.setAttribute('aria-label', `Take off: ${item}`);
    off.dataset.needsConnection = '';
    off.disabled = !this.#demo.isConnected;
    const name = element('span', {}, `${item} `, element('strong', {}, price.toFixed(2)));
    const line = element('li', {}, name, element('span', { className: 'hint' }, when), off);
    const before = this.#lines.get(item);
    if (before) {
      const hadFocus = before.contains(document.activeElement);
      before.replaceWith(line);
      if (hadFocus) {
        off.focus();
      }
    } else {
      byId('prices').append(line);
    }
    this.#lines.set(item, line);
    this.#showWhetherThereAreSome();
  }

  #remove(item) {
    const line = this.#lines.get(item);
    const hadFocus = line?.contains(document.activeElement);
    line?.remove();
    this.#lines.delete(item);
    if (hadFocus) {
      byId('price-item').focus();
    }
    this.#showWhetherThereAreSome();
  }

  #showWhetherThereAreSome() {
    byId('no-prices').hidden = this.#lines.size > 0;
  }
}
