import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import uglify from '../../../target/node/node_modules/uglify-js/tools/node.js';

const MAX_OCTETS = 8 * 1024;
const MODULES = new URL('../../../target/node/node_modules/stompline/', import.meta.url);

/**
 * As a bundler would do it: one scope for all modules, of which a page imports two names; and the worker, a file of
 * its own.
 */
test('the package is smaller than 8 KiB when it is minified', () => {
  const names = readdirSync(MODULES).filter((name) => name.endsWith('.js'));
  const modules = names.filter((name) => name !== 'beats-worker.js').map(read);
  const code = modules.join('').replaceAll(/^import .*;$|^export \{.*;$|^export (?=\w)/gm, '');
  const octets = minified(`${code}\nexport { connect, StompProblem };`).length + minified(read('beats-worker.js')).length;
  console.log(`stompline.js: ${octets} octets`);
  assert.ok(octets < MAX_OCTETS, `${octets} octets`);
});

function read(name) {
  return readFileSync(new URL(name, MODULES), 'utf8');
}

function minified(code) {
  const { code: result, error } = uglify.minify(code, { module: true, toplevel: true });
  assert.ifError(error);
  return result;
}
