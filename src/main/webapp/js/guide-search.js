/** The chapters' texts, and search in them: sections of all chapters that have every word, those with the words in the heading first. */
import { byId, element } from './view.js';

const MOST = 12;
let sections;

/**
 * Lets the search field find sections.
 *
 * @param {[string, string][]} chapters names and titles
 * @param {function(string): string} slug what a heading is called in an address
 */
export function searchIn(chapters, slug) {
  byId('search').addEventListener('input', async ({ target }) => {
    sections ??= Promise.all(chapters.map(read)).then((all) => all.flat());
    const found = matches(await sections, target.value.toLowerCase().split(/\s+/).filter(Boolean));
    byId('found').replaceChildren(
      ...found.map(({ chapter, title, heading }) =>
        element(
          'li',
          {},
          element('a', { href: `#${chapter}${heading ? `/${slug(heading)}` : ''}` }, heading ? `${title}: ${heading}` : title),
        ),
      ),
    );
    if (found.length === 0 && target.value.trim()) {
      byId('found').append(element('li', {}, 'Nothing has all these words.'));
    }
  });
}

/** The Markdown of a chapter; null if the server does not give it. */
export async function chapter(name) {
  try {
    const answer = await fetch(`guide/${name}.md`);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** The sections of a chapter: its text from one heading to the next. */
async function read([name, title]) {
  const text = (await chapter(name)) ?? '';
  return text.split(/^##+ /m).map((section, i) => {
    const heading = i === 0 ? '' : section.split('\n', 1)[0].replaceAll(/[`*]/g, '');
    return { chapter: name, title, heading, words: section.toLowerCase(), first: `${title} ${heading}`.toLowerCase() };
  });
}

function matches(all, words) {
  if (words.length === 0) {
    return [];
  }
  const having = all.filter((section) => words.every((word) => section.words.includes(word) || section.first.includes(word)));
  const headed = (section) => words.every((word) => section.first.includes(word));
  return [...having.filter(headed), ...having.filter((section) => !headed(section))].slice(0, MOST);
}
