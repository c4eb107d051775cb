// What a run needs beside the product: peers from npm, SymPy's wheels from PyPI, the kernel by hand.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('./', import.meta.url));
const wheels = ['sympy==1.14.0', 'mpmath==1.3.0'];

/** @param {boolean} withPython whether SymPy is asked too */
export async function setUp(withPython) {
  const installed = `${here}node_modules/.package-lock.json`;
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(`${here}package-lock.json`).mtimeMs) {
    run('npm', ['ci', '--no-audit', '--no-fund']);
  }
  run('cargo', ['build', '--quiet', '--release', '--target', 'wasm32-unknown-unknown'], `${here}kernel`);
  if (!existsSync(`${here}../www/engine/wasm/chalkgrad_wasm_bg.wasm`)) run('npm', ['run', 'wasm'], `${here}..`);
  if (withPython && !existsSync(`${here}wheels`)) {
    mkdirSync(`${here}wheels`);
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', 'wheels'];
    run('python3', [...pip, ...wheels]);
  }
}

function run(command, args, cwd = here) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`bench: ${command} ${args.join(' ')} did not work${error ? `: ${error.message}` : ''}.`);
    process.exit(status ?? 1);
  }
}
