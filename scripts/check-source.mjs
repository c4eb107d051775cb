// What no linter here can say about the page's source: each line below is a promise of ARCHITECTURE.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';

const rules = [
  {
    found: /\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write|unsafeHTML|unsafeSVG/,
    why: 'markup from text: build nodes instead',
  },
  { found: /\beval\(|new Function\(/, why: 'code from text' },
  { found: /<style[\s>]|style="/, why: 'inline styles break the content security policy' },
  { found: /katex\.renderToString/, why: 'only katex.render into a node holds under the content security policy' },
  {
    found: /\bhttps?:\/\/(?!www\.w3\.org\/)[^\s'"`]+['"`]/,
    why: 'nothing is fetched from elsewhere',
    only: /fetch\(|import\(|src=|new URL\(/,
  },
  { found: /@ts-ignore|@ts-nocheck/, why: 'types are not switched off' },
  { found: /(\bas|:)\s+any\b/, why: 'any' },
  { found: /chalkgrad_wasm/, why: 'the wasm has one door: www/engine/wasm.ts', except: /^www\/engine\/wasm\.ts$/ },
];

const skipped = /^www\/engine\/wasm\/|\.test\.ts$/;

let faults = 0;
for (const file of files('www').filter(name => name.endsWith('.ts') && !skipped.test(name))) {
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      for (const rule of rules) {
        if (!rule.found.test(line) || rule.except?.test(file) || (rule.only && !rule.only.test(line))) continue;
        faults += 1;
        console.error(`${file}:${index + 1}: ${rule.why}\n    ${line.trim()}`);
      }
    });
}
process.exit(faults ? 1 : 0);

/** @param {string} folder @returns {string[]} */
function files(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
    name => `${folder}/${name.replaceAll('\\', '/')}`,
  );
}
