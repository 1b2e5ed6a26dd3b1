import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import uglify from '../../../target/node/node_modules/uglify-js/tools/node.js';

const MODULES = new URL('../../../target/node/node_modules/stompline/', import.meta.url);

test('the package is smaller than 8 KiB when it is minified', () => {
  isSmaller('stompline.js', 8 * 1024, bundle('stompline.js', 'connect, StompProblem') + minified(read('beats-worker.js')));
});

test('the socket is smaller than 7 KiB when it is minified', () => {
  isSmaller('stompline-socket.js', 7 * 1024, bundle('stompline-socket.js', 'StomplineSocket'));
});

function isSmaller(name, maxOctets, code) {
  console.log(`${name}: ${code.length} octets`);
  assert.ok(code.length < maxOctets, `${code.length} octets`);
}

/** As a bundler would make it: one scope for all modules, of which a page imports some names. */
function bundle(name, names) {
  const modules = new Set([name]);
  for (const module of modules) {
    for (const [, imported] of read(module).matchAll(/^import .* from '\.\/(.*)';$/gm)) {
      modules.add(imported);
    }
  }
  const code = [...modules].reverse().map(read).join('');
  return minified(`${code.replaceAll(/^import .*;$|^export \{.*;$|^export (?=\w)/gm, '')}\nexport { ${names} };`);
}

function read(name) {
  return readFileSync(new URL(name, MODULES), 'utf8');
}

function minified(code) {
  const { code: result, error } = uglify.minify(code, { module: true, toplevel: true });
  assert.ifError(error);
  return result;
}
