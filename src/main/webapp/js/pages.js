/** The links to the other pages in a page's head. */
import { pages } from '../site.js';
import { element } from './view.js';

/** Makes the list of pages, with this one marked. */
export function pageLinks() {
  const links = pages.map(({ href, name }) => {
    const link = element('a', { href, textContent: name });
    if (new URL(href, document.baseURI).pathname === location.pathname) {
      link.setAttribute('aria-current', 'page');
    }
    return link;
  });
  const list = element('nav', { className: 'pages' }, ...links);
  list.setAttribute('aria-label', 'Pages');
  return list;
}
