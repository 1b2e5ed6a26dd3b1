/** Shows the guide's chapters, which are written in Markdown; `#beans` in the address names the chapter. */
import { marked } from './marked.js';
import { pageLinks } from './pages.js';
import { byId, element } from './view.js';

const CHAPTERS = {
  beans: 'Beans and browsers',
  'jakarta-messaging': 'Jakarta Messaging',
  settings: 'Settings',
  proxies: 'Behind a proxy',
  metrics: 'Metrics',
  protocol: 'Protocol',
  benchmark: 'Benchmark',
};

byId('pages').replaceWith(pageLinks());
addEventListener('hashchange', show);
show();

async function show() {
  const name = location.hash.slice(1) in CHAPTERS ? location.hash.slice(1) : Object.keys(CHAPTERS)[0];
  byId('chapters').replaceChildren(...Object.entries(CHAPTERS).map(([chapter, title]) => link(chapter, title, name)));
  const answer = await fetch(`guide/${name}.md`);
  // The text is part of this application, so its markup may be trusted.
  byId('chapter').innerHTML = marked.parse(await answer.text());
  for (const table of byId('chapter').querySelectorAll('table')) {
    const frame = element('div', { className: 'scrolls' });
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const reference of byId('chapter').querySelectorAll('a[href$=".md"]')) {
    reference.href = `#${reference.getAttribute('href').replace('.md', '')}`;
  }
  scrollTo(0, 0);
}

function link(chapter, title, current) {
  const made = element('a', { href: `#${chapter}` }, title);
  if (chapter === current) {
    made.setAttribute('aria-current', 'page');
  }
  return made;
}
