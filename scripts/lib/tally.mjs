// Counting tests truthfully: only what a test runner itself reported, never lines that look like it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** Sums the result lines of `cargo test`, of the faces test and of the exported code as they go by. */
export class Tally {
  passed = 0;
  failed = 0;

  /** @param {string} line */
  read(line) {
    const found = /^test result: \w+\. (\d+) passed; (\d+) failed;|^(?:faces|python): (\d+) passed, (\d+) failed$/.exec(
      line,
    );
    if (found) this.add({ passed: Number(found[1] ?? found[3]), failed: Number(found[2] ?? found[4]) });
  }

  /** @param {Count} count */
  add(count) {
    this.passed += count.passed;
    this.failed += count.failed;
  }
}

/** Vitest's JSON report.
 * @param {string} file @returns {Count | undefined} */
export function vitestCount(file) {
  const report = readJson(file);
  return report && { passed: report.numPassedTests, failed: report.numFailedTests };
}

/** Playwright's JSON report; a test that passed only when repeated has failed.
 * @param {string} file @returns {Count | undefined} */
export function playwrightCount(file) {
  const stats = readJson(file)?.stats;
  return stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** @param {string} file */
function readJson(file) {
  const full = join(root, file);
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')) : undefined;
}
