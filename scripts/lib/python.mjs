// A Python of the project's own, with the packages that tests need.
import { join } from 'node:path';
import { output, root, run, say } from './run.mjs';
import { isCurrent, writeStamp } from './stamp.mjs';

const home = '.tools/python';
const stamp = `${home}/chalkgrad-stamp`;
/** One pinned NumPy for the Pythons of today, and the last one for 3.10. */
const packages = ['numpy==2.3.4; python_version >= "3.11"', 'numpy==2.2.6; python_version < "3.11"'];

/** The Python that tests run: the one CHALKGRAD_PYTHON names, or the project's own. */
export function pythonCommand() {
  const own = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
  return process.env['CHALKGRAD_PYTHON'] ?? join(root, home, own);
}

/** Makes the environment and installs the packages, unless that is done. Says what is missing; gives whether all is there. */
export async function ensurePython() {
  if (process.env['CHALKGRAD_PYTHON']) return true;
  const wanted = packages.join(', ');
  if (isCurrent(stamp, wanted) && output(pythonCommand(), ['--version']) !== undefined) return true;
  say(`Making a Python environment with NumPy in ${home}`);
  if (!(await makeEnvironment())) {
    console.error('✗ Python 3.10 or newer with venv is missing: on Debian run `apt-get install python3-venv` as root.');
    return false;
  }
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary=:all:',
    ...packages,
  ];
  if ((await run(pythonCommand(), install)) !== 0) {
    console.error('✗ NumPy could not be installed; the lines above say why.');
    return false;
  }
  writeStamp(stamp, wanted);
  return true;
}

/** Debian's Python comes without what makes environments: it is installed where that is allowed. */
async function makeEnvironment() {
  if (fromSystem()) return true;
  if (process.getuid?.() !== 0 || output('apt-get', ['--version']) === undefined) return false;
  say('Installing python3-venv for the tests (apt-get)');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'python3-venv'], { env });
  return fromSystem();
}

/** Whether a Python of this machine made the environment. */
function fromSystem() {
  const recent = ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'];
  const pythons = ['python3', '/usr/bin/python3', 'python'].filter(name => output(name, recent) !== undefined);
  return pythons.some(name => output(name, ['-m', 'venv', '--clear', join(root, home)]) !== undefined);
}
