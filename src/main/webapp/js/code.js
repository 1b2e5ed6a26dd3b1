/** Source code in colours. */
import { highlighter } from './highlight.js';

/** Shows code in an element: at once, and in colours as soon as they are there and if the language is known. */
export async function showCode(place, code, language) {
  place.textContent = code;
  const library = await highlighter;
  // Another may be wanted meanwhile.
  if (library?.getLanguage(language) && place.textContent === code) {
    // The library escapes the text.
    place.innerHTML = library.highlight(code, { language }).value;
  }
}
