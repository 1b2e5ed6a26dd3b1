/** "How it works": the sources behind a page, as they are in the source tree. */
import { byId, element } from '../js/view.js';

/** The build copies the beans; a page script is where the page itself has it from. */
const FOLDERS = { java: 'demo/bean/', js: 'demo/' };

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
  made.addEventListener('toggle', async () => (code.textContent = await source(file)), { once: true });
  return made;
}

async function source(file) {
  try {
    const answer = await fetch(FOLDERS[file.split('.').pop()] + file);
    return answer.ok ? await answer.text() : `The server answered ${answer.status}.`;
  } catch {
    return 'The server cannot be reached.';
  }
}
