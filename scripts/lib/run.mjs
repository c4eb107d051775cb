// Running other programs, and saying plainly what goes on.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One line of progress.
 * @param {string} text */
export function say(text) {
  console.log(`· ${text}`);
}

/** Ends with one plain line that says what is missing.
 * @param {string} text
 * @returns {never} */
export function stop(text) {
  console.error(`✗ ${text}`);
  process.exit(1);
}

/** What a program prints, or `undefined` when it is not there or fails.
 * @param {string} command
 * @param {string[]} args */
export function output(command, args) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** Runs a program to its end, its output shown (and given to `onLine` when asked for). Gives its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, onLine?: (line: string) => void }} [options]
 * @returns {Promise<number>} */
export function run(command, args, options = {}) {
  return new Promise(resolve => {
    const piped = options.onLine ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', piped, 'inherit'],
    });
    let rest = '';
    child.stdout?.on('data', data => {
      process.stdout.write(data);
      const lines = (rest + data).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    });
    child.on('error', () => resolve(127));
    child.on('close', code => {
      if (rest) options.onLine?.(rest);
      resolve(code ?? 1);
    });
  });
}

/** Runs a program of `node_modules` with this very Node.
 * @param {string} script path inside node_modules
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options] */
export function runModule(script, args, options) {
  return run(process.execPath, [`node_modules/${script}`, ...args], options);
}
