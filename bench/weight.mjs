// `node bench/weight.mjs [FILE]`: where the bytes of the engine's code are, before wasm-opt: by crate, by family of the standard
// library, by function. FILE is what cargo builds; its names are kept by `CARGO_PROFILE_WASM_STRIP=none`.
import { readFileSync } from 'node:fs';

const folder = process.env['CARGO_TARGET_DIR'] ?? 'target';
const bytes = readFileSync(process.argv[2] ?? `${folder}/wasm32-unknown-unknown/wasm/chalkgrad_wasm.wasm`);
let at = 8;

/** A whole number as wasm writes it: seven bits a byte, the lowest first. */
function whole() {
  let result = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++] ?? 0;
    result += (byte & 127) * factor;
    if (byte < 128) return result;
  }
}

function text() {
  const length = whole();
  at += length;
  return bytes.subarray(at - length, at).toString();
}

/** What a function's mangled name says, without its hash.
 * @param {string} mangled */
function plain(mangled) {
  const parts = [];
  let rest = /^_ZN(.*)17h[0-9a-f]{16}E/.exec(mangled)?.[1];
  if (rest === undefined) return mangled;
  for (let length = Number.parseInt(rest, 10); length > 0; length = Number.parseInt(rest, 10)) {
    const from = String(length).length;
    parts.push(rest.slice(from, from + length));
    rest = rest.slice(from + length);
  }
  const signs = {
    LT: '<',
    GT: '>',
    RF: '&',
    C: ',',
    LP: '(',
    RP: ')',
    u20: ' ',
    u7b: '{',
    u7d: '}',
    u5b: '[',
    u5d: ']',
    u3b: ';',
  };
  const named = Object.entries(signs).reduce(
    (name, [code, sign]) => name.replaceAll(`$${code}$`, sign),
    parts.join('::'),
  );
  return named.replaceAll('..', '::').replace(/^_</, '<');
}

/** Imported functions count first.
 * @param {number} end */
function imported(end) {
  let functions = 0;
  for (let left = whole(); left > 0 && at < end; left -= 1) {
    text();
    text();
    const kind = bytes[at++];
    if (kind === 0) functions += 1;
    if (kind === 1 || kind === 3) at += 1;
    const limited = kind === 1 || kind === 2 ? whole() : 0;
    if (kind !== 3) whole();
    else at += 1;
    if (limited & 1) whole();
  }
  return functions;
}

/** @type {number[]} */
const sizes = [];
/** @type {Map<number, string>} */
const names = new Map();
let imports = 0;
while (at < bytes.length) {
  const id = bytes[at++];
  const length = whole();
  const end = at + length;
  if (id === 2) imports = imported(end);
  if (id === 10) {
    for (let left = whole(); left > 0; left -= 1) {
      const size = whole();
      sizes.push(size);
      at += size;
    }
  }
  if (id === 11) console.log(`data: ${length} bytes`);
  if (id === 0 && text() === 'name') {
    while (at < end) {
      const part = bytes[at++];
      const behind = whole();
      const stop = at + behind;
      if (part === 1) for (let left = whole(); left > 0; left -= 1) names.set(whole(), text());
      at = stop;
    }
  }
  at = end;
}

/** @type {[RegExp, string][]} */
const families = [
  [/btree/, 'ordered trees'],
  [/slice::sort/, 'sorting'],
  [/hashbrown|collections::hash/, 'maps with a hash'],
  [/serde/, 'JSON'],
  [/fmt|flt2dec/, 'formatting'],
  [/drop_in_place|::drop$/, 'dropping'],
  [/vec::|raw_vec|iter|array/, 'lists and iterators'],
];
const own = /^<?(chalkgrad_\w+)/;
const foreign = /(alloc|core|std|serde_json|serde|hashbrown|libm|wasm_encoder|wasm_bindgen|js_sys|num_\w+)\b/;

/** The functions put together, the heaviest group first.
 * @param {(name: string) => string} key */
function grouped(key) {
  /** @type {Map<string, { size: number, count: number }>} */
  const groups = new Map();
  sizes.forEach((size, index) => {
    const name = key(plain(names.get(index + imports) ?? 'no name'));
    const group = groups.get(name) ?? { size: 0, count: 0 };
    groups.set(name, { size: group.size + size, count: group.count + 1 });
  });
  return [...groups].sort(([, a], [, b]) => b.size - a.size);
}

/** @param {(name: string) => string} key
 * @param {number} most */
function table(key, most) {
  for (const [name, { size, count }] of grouped(key).slice(0, most)) {
    console.log(`${String(size).padStart(9)} ${String(count).padStart(5)}  ${name}`);
  }
}

console.log(`code: ${sizes.reduce((sum, size) => sum + size, 0)} bytes in ${sizes.length} functions\nby crate`);
table(name => own.exec(name)?.[1] ?? foreign.exec(name)?.[1] ?? 'other', 14);
console.log('by family');
table(
  name => (own.test(name) ? 'our own functions' : (families.find(([form]) => form.test(name))?.[1] ?? 'other')),
  12,
);
let repeated = 0;
for (const [name, { size, count }] of grouped(name => name)) if (own.test(name)) repeated += size - size / count;
console.log(`our own functions that exist in several copies repeat ${Math.round(repeated)} bytes`);
console.log('by function, all its copies together');
table(name => name, 40);
