/** Lets the browser save a text as a file. */
import { element } from '../view.js';

const READ_BY_THEN_MILLIS = 10000;

/** Saves it under that name, or asks for another, as the user has set the browser. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), READ_BY_THEN_MILLIS);
}
