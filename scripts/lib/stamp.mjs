// Stamps: a hash of all inputs beside the outputs says whether there is anything to do.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

/** A hash over files and folders (by content, in a fixed order) and further texts.
 * @param {string[]} paths
 * @param {string[]} [texts] */
export function hashOf(paths, texts = []) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text}\0`);
  for (const file of paths.flatMap(filesUnder)) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap(name => filesUnder(`${path}/${name}`));
}

/** Whether the stamp holds this hash.
 * @param {string} stamp
 * @param {string} hash */
export function isCurrent(stamp, hash) {
  const file = join(root, stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === hash;
}

/** @param {string} stamp
 * @param {string} hash */
export function writeStamp(stamp, hash) {
  mkdirSync(dirname(join(root, stamp)), { recursive: true });
  writeFileSync(join(root, stamp), hash);
}
