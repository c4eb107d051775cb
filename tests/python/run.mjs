// Exported code really runs: every row of tests/cases that has numbers, and random questions at all small shapes, in one
// Python process; and the result's text, sent back, has the same numbers. `node tests/python/run.mjs [LANGUAGE…]` asks
// for other exports than NumPy; CHALKGRAD_PYTHON names a Python that has them, CHALKGRAD_RANDOM the number of questions of each kind.
import { spawnSync } from 'node:child_process';
import { ensurePython, pythonCommand } from '../../scripts/lib/python.mjs';
import { allRows, program, requestOf, root } from '../tables.mjs';

/** Random questions come near poles, where rounding decides, and may have answers that are nothing but rounding; numbers in
 * tables are as meant.
 * @typedef {{ name: string, request: Record<string, any>, expected?: unknown, later: boolean, near: Near }} Question
 * @typedef {{ tolerance: number, floor: number, poles: boolean }} Near */
const asMeant = { tolerance: 1e-9, floor: 0, poles: true };
const atRandom = { tolerance: 1e-7, floor: 1e-6, poles: false };

const languages = process.argv.length > 2 ? process.argv.slice(2) : ['numpy'];
const count = process.env['CHALKGRAD_RANDOM'] ?? '600';
const seed = process.env['CHALKGRAD_SEED'] ?? '1';

if (!(await ensurePython())) process.exit(1);

/** Runs a program to its end and gives its lines.
 * @param {string} command @param {string[]} args @param {string} input */
function lines(command, args, input) {
  const ran = spawnSync(command, args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (ran.status !== 0) throw new Error(`${command} ended with ${ran.status ?? ran.error} ${ran.stderr}`);
  return ran.stdout.split('\n').slice(0, -1);
}

/** @param {Record<string, any>[]} requests @returns {Record<string, any>[]} */
function ask(requests) {
  const answers = lines(program, ['batch'], requests.map(request => `${JSON.stringify(request)}\n`).join(''));
  return answers.map(answer => JSON.parse(answer));
}

/** The rows of the tables that have a derivative with numbers. @returns {Question[]} */
function tables() {
  return allRows().flatMap(row => {
    const { expect, id } = JSON.parse(row);
    if (expect.jacobian === undefined) return [];
    const request = JSON.parse(requestOf(row));
    return [{ name: id, request, expected: expect.jacobian, later: expect.later === true, near: asMeant }];
  });
}

/** @returns {Question[]} */
function random() {
  const args = ['run', '-q', '-p', 'chalkgrad-core', '--example', 'questions', '--', count, seed];
  return lines('cargo', args, '').map(line => {
    const request = JSON.parse(line);
    return { name: `random ${request.id}: ${request.expr} by ${request.wrt}`, request, later: false, near: atRandom };
  });
}

/** The sizes of the named dimensions, read off the variables' numbers.
 * @param {Record<string, (string | number)[]>} vars @param {Record<string, any>} at */
function sizesOf(vars, at) {
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const [name, shape] of Object.entries(vars)) {
    let value = at[name];
    for (const dim of value === undefined ? [] : shape) {
      if (typeof dim === 'string') sizes[dim] = value.length;
      value = value[0];
    }
  }
  return sizes;
}

/** Refusals by kind; a random question may be refused, one of a table may not.
 * @type {Map<string, number>} */
const refused = new Map();
/** @type {Map<string, number>} */
const leftOut = new Map();
/** @param {Map<string, number>} counts @param {string} key */
const note = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);

const questions = [...tables(), ...random()];
const answers = ask(questions.map(({ request }) => ({ ...request, detail: 'page' })));
/** @type {Record<string, unknown>[]} */
const cases = [];
/** @type {{ name: string, expected: unknown, near: Near, request: Record<string, any> }[]} */
const texts = [];
questions.forEach(({ name, request, expected: known, later, near }, place) => {
  const answer = answers[place] ?? {};
  const at = request['at'] ?? {};
  const kind = answer['error']?.kind;
  if (answer['ok'] !== true) {
    note(refused, kind);
    const honest = known === undefined ? ['shape', 'limit', 'unsupported', 'domain'] : later ? ['unsupported'] : [];
    if (!honest.includes(kind))
      cases.push({ name, got: 'nan', expected: 0, ...near, code: JSON.stringify(answer['error']) });
    return;
  }
  const expected = known ?? answer['jacobian'];
  const sizes = sizesOf(answer['vars'], at);
  for (const language of languages) {
    const made = answer['view'].exports.find((/** @type {any} */ one) => one.language === language);
    const code = language === 'numpy' ? answer['python'] : made?.code;
    if (code === undefined) note(leftOut, language);
    else cases.push({ name: `${language}, ${name}`, language, code, at, sizes, expected, ...near });
  }
  texts.push({ name, expected, near, request: { op: 'eval', expr: answer['text'], vars: answer['vars'], at } });
});
ask(texts.map(({ request }) => request)).forEach((answer, place) => {
  const { name, expected, near, request } = texts[place] ?? {};
  // Read again, sums with whole-number bounds are written out, which a random result may be too long for.
  if (near === atRandom && answer['error']?.kind === 'limit') {
    note(refused, 'text by its limit');
    return;
  }
  const got = answer['ok'] ? answer['value'] : 'nan';
  cases.push({
    name: `text, ${name}`,
    got,
    expected,
    ...near,
    code: `${request?.['expr']} ${JSON.stringify(answer['error'] ?? '')}`,
  });
});

const ran = spawnSync(pythonCommand(), ['tests/python/run.py'], {
  cwd: root,
  input: cases.map(one => `${JSON.stringify(one)}\n`).join(''),
  stdio: ['pipe', 'inherit', 'inherit'],
  env: { ...process.env, PYTHONUTF8: '1' },
});
const said = (/** @type {Map<string, number>} */ counts) =>
  [...counts].map(([key, n]) => `${n} ${key}`).join(', ') || 'none';
console.log(`${questions.length} questions; refused: ${said(refused)}; left out: ${said(leftOut)}`);
const asked = questions.filter(({ near }) => near === atRandom).length;
const shapes = refused.get('shape') ?? 0;
// A generator or an engine that dodges the questions would pass all comparisons.
const dodged = shapes * 4 > asked;
if (dodged) console.error(`✗ ${shapes} of ${asked} random questions were refused for their shapes`);
process.exit(ran.status === 0 && !dodged ? 0 : 1);
