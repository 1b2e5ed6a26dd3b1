/**
 * Shows the guide's chapters, which are written in Markdown. `#beans` in the address names the chapter, `#beans/handle` a
 * heading in it.
 */
import { showCode } from './code.js';
import { marked } from './marked.js';
import { pageLinks } from './pages.js';
import { chapter, searchIn } from './guide-search.js';
import { byId, copies, element, smallButton } from './view.js';

/** In the order in which one reads them. */
const CHAPTERS = {
  index: 'Where to begin',
  'quick-start': 'Your own application in three steps',
  'from-spring': 'Coming from Spring',
  'from-rabbitmq': 'Coming from RabbitMQ',
  'from-omnifaces': 'Coming from OmniFaces',
  console: 'The console',
  browser: 'Browsers',
  'stompline-js': 'stompline.js',
  'http-fallback': 'Without WebSocket',
  beans: 'Beans and browsers',
  types: 'Types for the browser',
  'jakarta-messaging': 'Jakarta Messaging',
  history: 'History: come late, come back',
  'last-value': 'Last value: what is true now',
  presence: 'Presence: who is there',
  'kept-notifications': 'Kept notifications: until read',
  'slow-clients': 'Slow clients',
  idempotency: 'Send once: idempotency keys',
  logins: 'Logins',
  'secure-chat': 'A chat with rooms, tokens and rules',
  'access-rules': 'Access rules',
  tokens: 'Tokens',
  audit: 'Audit',
  SECURITY: 'Security',
  settings: 'Settings',
  deployment: 'Deployment',
  tls: 'TLS',
  proxies: 'Behind a proxy',
  operation: 'Operation',
  metrics: 'Metrics',
  errors: 'Errors and what to do',
  faq: 'Questions',
  frames: 'Frames and headers',
  demos: 'The demos',
  benchmark: 'Benchmark',
};

const NOT_THERE = '# Not there\n\nThe server did not give this chapter. Load the page again.';

byId('pages').replaceWith(pageLinks());
// Closed on a phone, where it would fill the screen
byId('contents').open = matchMedia('(min-width: 700px)').matches;
searchIn(Object.entries(CHAPTERS), slug);
let shown;
let latest;
addEventListener('hashchange', async () => {
  const heading = await show();
  if (heading) {
    // Where a reader with a screen reader goes on; others do not see it.
    heading.tabIndex = -1;
    heading.focus();
  }
});
show();

/** Shows what the address names; gives its heading, or nothing if another chapter is wanted meanwhile. */
async function show() {
  const [wanted, anchor] = decoded(location.hash.slice(1)).split('/');
  const name = Object.hasOwn(CHAPTERS, wanted) ? wanted : Object.keys(CHAPTERS)[0];
  latest = name;
  if (name !== shown) {
    const text = await chapter(name);
    if (name !== latest) {
      return null;
    }
    showChapter(name, text ?? NOT_THERE);
    shown = text ? name : undefined;
  }
  const heading = anchor && byId(`${name}/${anchor}`);
  if (heading) {
    heading.scrollIntoView();
    return heading;
  }
  scrollTo(0, 0);
  return byId('chapter').querySelector('h1');
}

/** An address that somebody typed need not be well-formed. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function showChapter(name, text) {
  byId('chapters').replaceChildren(...Object.entries(CHAPTERS).map(([chapter, title]) => link(chapter, title, name)));
  // The list scrolls by itself, and may be longer than the window.
  byId('chapters').querySelector('[aria-current]').scrollIntoView({ block: 'nearest' });
  // The text is part of this application, so its markup may be trusted.
  byId('chapter').innerHTML = marked.parse(text);
  for (const table of byId('chapter').querySelectorAll('table')) {
    const frame = scrolls(element('div', { className: 'scrolls' }), 'Table');
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const corner of byId('chapter').querySelectorAll('th:empty')) {
    corner.replaceWith(element('td'));
  }
  for (const code of byId('chapter').querySelectorAll('td > code')) {
    code.replaceChildren(...breakable(code.textContent));
  }
  for (const reference of byId('chapter').querySelectorAll('a[href]')) {
    reference.setAttribute('href', here(reference.getAttribute('href'), name));
  }
  for (const code of byId('chapter').querySelectorAll('pre > [class^="language-"]')) {
    showCode(code, code.textContent, code.className.replace('language-', ''));
  }
  for (const code of byId('chapter').querySelectorAll('pre')) {
    scrolls(code, 'Code');
    const button = smallButton('Copy');
    copies(button, () => code.textContent, code);
    const frame = element('div', { className: 'code' });
    code.replaceWith(frame);
    frame.append(code, button);
  }
  for (const heading of byId('chapter').querySelectorAll('h2, h3')) {
    heading.id = `${name}/${slug(heading.textContent)}`;
    const anchor = element('a', { className: 'anchor', href: `#${heading.id}` }, '#');
    anchor.setAttribute('aria-label', `Link to “${heading.textContent}”`);
    // Without the link in it
    heading.setAttribute('aria-label', heading.textContent);
    heading.append(' ', anchor);
  }
  byId('chapter').append(neighbours(name));
  document.title = `${CHAPTERS[name]} - Guide - Stompline`;
}

/** A name that breaks between its words first: a narrow column would break it within one. */
function breakable(name) {
  return name
    .replace(/(\w[/.(_-])(?=\w)/g, '$1\n')
    .replace(/([a-z])(?=[A-Z])/g, '$1\n')
    .split('\n')
    .flatMap((part, i) => (i === 0 ? [part] : [element('wbr'), part]));
}

/** Lets the keyboard scroll what may be wider than the screen. */
function scrolls(part, name) {
  part.tabIndex = 0;
  part.setAttribute('role', 'group');
  part.setAttribute('aria-label', name);
  return part;
}

/** Links to the chapters before and after. */
function neighbours(name) {
  const names = Object.keys(CHAPTERS);
  const at = names.indexOf(name);
  const before = names[at - 1];
  const after = names[at + 1];
  const made = element('nav', { className: 'neighbours' });
  made.setAttribute('aria-label', 'Previous and next chapter');
  made.append(
    before ? link(before, `‹ ${CHAPTERS[before]}`) : '',
    after ? link(after, `${CHAPTERS[after]} ›`) : '',
  );
  return made;
}

/** Where a link of a chapter leads on this page: `beans.md#handle` and `#handle` to headings, all else as it is. */
function here(href, name) {
  const [, file, anchor] = /^(?:(?:\.\.\/)*([\w-]+)\.md)?(?:#(.+))?$/.exec(href) ?? [];
  return file || anchor ? `#${file ?? name}${anchor ? `/${anchor}` : ''}` : href;
}

/** "In a transaction" becomes "in-a-transaction". */
function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function link(chapter, title, current) {
  const made = element('a', { href: `#${chapter}` }, title);
  if (chapter === current) {
    made.setAttribute('aria-current', 'page');
  }
  return made;
}
