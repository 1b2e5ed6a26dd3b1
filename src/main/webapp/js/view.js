/** Small helpers to build and read the page. Data gets into the document as text only, never as markup. */

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element.
 *
 * @param {string} name of the tag
 * @param {Object<string, *>} properties to set on it, such as className or textContent
 * @param {...(Node|string)} children strings become text
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A button of the quiet kind that stands inside lists; `onClick` may come later. */
export function smallButton(text, onClick) {
  const button = element('button', { type: 'button', className: 'quiet small', textContent: text });
  if (onClick) {
    button.addEventListener('click', onClick);
  }
  return button;
}

/** A definition list's rows for names and values. */
export function rows(entries) {
  return entries.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
}

/** Says what became of something: `kind` is waiting, done or failed. */
export function showOutcome(line, kind, text) {
  line.dataset.kind = kind;
  line.textContent = text;
}

/** Lets a button copy what `text()` gives. */
export function copies(button, text, selectable) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      // There is no clipboard on plain http except on localhost: let the user press the keys.
      getSelection().selectAllChildren(selectable);
      button.textContent = 'Selected';
    }
    setTimeout(() => (button.textContent = label), 2000);
  });
}

/** A number of milliseconds for humans: "800 ms", "10 s". */
export function duration(millis) {
  return millis < 1000 ? `${millis} ms` : `${Math.round(millis / 100) / 10} s`;
}

/** Time of day with milliseconds, to see which of two messages was first. */
export function timeOfDay(date) {
  return `${TIME.format(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Made once: to make one takes longer than to make the line of a message. */
const TIME = new Intl.DateTimeFormat([], { timeStyle: 'medium', hourCycle: 'h23' });
