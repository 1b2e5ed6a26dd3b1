/** Highlight.js, whose WebJar has classic scripts and no modules. The build puts in the version. */
const FOLDER = new URL('../webjars/highlightjs/${highlightjs.version}/', import.meta.url);

/** It, with the languages of the guide; null if the server did not give it. */
export const highlighter = load('highlight.min.js')
  .then(() => Promise.all(['languages/nginx.min.js', 'languages/properties.min.js'].map(load)))
  .then(() => window.hljs)
  .catch(() => null);

function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(name, FOLDER);
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
