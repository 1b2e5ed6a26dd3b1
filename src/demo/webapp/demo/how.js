/** "How it works": the sources behind a page, as they are in the source tree. */
import { showCode } from '../js/code.js';
import { byId, element } from '../js/view.js';

/** The build copies the beans; a page script is where the page itself has it from. */
const KINDS = {
  java: { folder: 'demo/bean/', language: 'java' },
  js: { folder: 'demo/', language: 'javascript' },
};

/** Offers the files that the page names; each is fetched when it is unfolded for the first time. */
export function showSources() {
  const place = byId('sources');
  place.append(...place.dataset.files.split(' ').map(folded));
}

function folded(file) {
  const code = element('pre', { className: 'source', tabIndex: 0 });
  code.setAttribute('role', 'group');
  code.setAttribute('aria-label', file);
  const made = element('details', {}, element('summary', {}, element('code', {}, file)), code);
  made.addEventListener('toggle', () => show(file, code), { once: true });
  return made;
}

async function show(file, place) {
  const { folder, language } = KINDS[file.split('.').pop()];
  try {
    const answer = await fetch(folder + file);
    if (answer.ok) {
      await showCode(place, await answer.text(), language);
    } else {
      place.textContent = `The server answered ${answer.status}.`;
    }
  } catch {
    place.textContent = 'The server cannot be reached.';
  }
}
