// Reading the tables of requests, see `tests/cases/README.md`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** The command of the release build. */
export const program = join(
  process.env['CARGO_TARGET_DIR'] ?? join(root, 'target'),
  process.platform === 'win32' ? 'release/chalkgrad.exe' : 'release/chalkgrad',
);

/** The lines of a file that hold something.
 * @param {string} file */
export function rows(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '');
}

/** The rows of all tables. */
export function allRows() {
  const cases = join(root, 'tests/cases');
  const tables = existsSync(cases) ? readdirSync(cases).filter(name => name.endsWith('.jsonl')) : [];
  return tables.sort().flatMap(name => rows(join(cases, name)));
}

/** The line to send for a row of a table.
 * @param {string} row */
export function requestOf(row) {
  const { expect, raw, raw_pieces: pieces, request, build, ...fields } = JSON.parse(row);
  if (raw !== undefined) return String(raw);
  if (pieces) return repeated(pieces);
  const built = Object.entries(build ?? {}).map(([field, parts]) => [field, repeated(parts)]);
  return JSON.stringify({ ...fields, ...request, ...Object.fromEntries(built) });
}

/** @param {[string, number][]} pieces */
function repeated(pieces) {
  return pieces.map(([text, times]) => text.repeat(times)).join('');
}
