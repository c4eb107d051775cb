import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AskBlock, Block, Point, Values } from './blocks.ts';
import { contextOf, type LessonContext, questionFields, valueMap } from './context.ts';
import type { Inline, Lesson } from './lesson.ts';
import type { PictureBlock } from './pictures.ts';
import { unitExpression } from './pictures/unit.ts';
import { readLesson } from './read-lesson.ts';

/** What a right answer may look like. It stands here and nowhere in the lessons: there, the engine knows it. */
const right = new Map<string, readonly string[]>([
  ['slopes product', ['3x^2', 'x^2 + x*2x', '3*x*x']],
  ['slopes chain', ['2/x', '1/x^2 * 2x', '2x^-1']],
  ['neuron weight', ['x_1', 'x_1 + 0*b', '2x_1 - x_1']],
  [
    'neuron bias',
    ['step(w_1*x_1 + w_2*x_2 + b)', 'cases(w_1*x_1 + w_2*x_2 + b > 0, 1, 0)', 'step(b + x_1*w_1 + x_2*w_2)'],
  ],
  ['partials by-x', ['6x*y', '3*2x*y', 'y*6x']],
  ['partials by-y', ['3x^2', '3*x*x']],
  ['partials term', ['2x*y', 'x*2y + 0']],
  ['gradient product', ['[6x*y, 3x^2]', "[6x*y, 3x^2]'", '[[6y x, 3x*x]]']],
  ['gradient sum', ['[2, 8y^7]', "[2, 8y^7]'", '[1 + 1, 8 y^7]']],
  ['jacobian two-by-two', ['[[6x*y, 3x^2], [2, 8y^7]]', '[[6y x, 3x*x], [1 + 1, 8 y^7]]']],
  ['elementwise difference', ['-eye(n)', '-diag(ones(n))', 'eye(n) * -1']],
  ['elementwise product', ['diag(x)', 'diag(x) * eye(n)', 'eye(n) ⊙ diag(x)']],
  ['elementwise quotient', ['-diag(w ./ x.^2)', 'diag(-w ⊘ (x ⊙ x))', '-diag(w) * diag(x.^-2)']],
  ['expansion sum-by-scalar', ['ones(n)', 'vector(1)', 'x.^0']],
  ['expansion product-by-vector', ['z * eye(n)', 'diag(z * ones(n))', 'eye(n) z']],
  ['expansion product-by-scalar', ['x', 'diag(x) * ones(n)', 'x .* ones(n)']],
  ['sums plain', ["ones(n)'", 'ones(n)', "ones(n)' * eye(n)"]],
  ['sums by-scalar', ['sum(x)', "ones(n)' * x", 'x · ones(n)']],
  [
    'sums all-of-x',
    ["dot(x,x)*ones(n)' + 2*sum(x)*x'", "(x·x) ones(n)' + 2 sum(x) x'", "ones(n)' * ((x·x) eye(n) + 2 x*x')"],
  ],
  ['chain one-link', ['2x*cos(x^2)', 'cos(x*x)*2x', 'cos(x^2)*x + x*cos(x^2)']],
  ['chain three-links', ['6x^2*cos(x^3)/sin(x^3)', '6x^2/tan(x^3)', '1/sin(x^3)^2 * 2sin(x^3) * cos(x^3) * 3x^2']],
  ['paths sum', ['1 + 2x', '2x + 1', '1 + 1*2*x']],
  ['paths product', ['3x^2', 'x^2 + x*2x']],
  ['paths nested', ['cos(x + x^2)*(1 + 2x)', 'cos(x + x^2) + 2x*cos(x + x^2)']],
  ['vector-chain column', ['[2/t, 3cos(3t)]', '[1/t^2, cos(3t)] ⊙ [2t, 3]', '[[1/t^2, 0], [0, cos(3t)]] * [2t, 3]']],
  ['vector-chain diagonal', ['diag(exp(sin(x)) .* cos(x))', 'diag(exp(sin(x)))*diag(cos(x))']],
  ['vector-chain matrices', ['A*diag(cos(B*x))*B', "A*(B' * diag(cos(B*x)))'"]],
  ['neuron-gradient weights', ["step(w·x + b)*x'", "cases(w·x + b > 0, 1, 0)*x'", 'step(w·x + b)*x']],
  ['neuron-gradient bias', ['step(w·x + b)', 'cases(w·x + b > 0, 1, 0)']],
  ['loss-gradient one-sample', ["2*(w·x_i + b - y_i)*x_i'", "-2*(y_i - w·x_i - b)*x_i'", '2*(w·x_i + b - y_i)*x_i']],
  [
    'loss-gradient weights',
    [
      "2/N*((X*w + b - y) .* step(X*w + b))'*X",
      "2/N*X'*((X*w + b - y) ⊙ step(X*w + b))",
      "-2/N*((y - max(0, X*w + b)) .* step(X*w + b))'*X",
      '2/N*sum(i, 1, N, step(X[i,:]·w + b)*(X[i,:]·w + b - y[i])*X[i,:])',
    ],
  ],
  [
    'loss-gradient bias',
    [
      '2/N*sum((X*w + b - y) .* step(X*w + b))',
      '2*mean((X*w + b - y) .* step(X*w + b))',
      '-2/N*((y - relu(X*w + b)) · step(X*w + b))',
    ],
  ],
  ['training step', ['1 - 2eta', '1 - eta*2', '-(2eta - 1)']],
  ['layer weights', ["2*(W*x + b - y)*x'", 'outer(2*(W*x + b - y), x)', "2*W*x*x' + 2*(b - y)*x'"]],
  ['layer inputs', ["2*(W*x + b - y)'*W", "2*W'*(W*x + b - y)"]],
  ['softmax loss', ["softmax(z)' - y'", "(softmax(z) - y)'", 'softmax(z) - y']],
  [
    'softmax jacobian',
    ["diag(softmax(z)) - softmax(z)*softmax(z)'", "(eye(n) - softmax(z)*ones(n)')*diag(softmax(z))"],
  ],
  ['training fold', ["[x_i; 1]'", '[x_i; 1]']],
]);

/** A request and what its answer must be like; `what` names it when it is not. */
interface Row {
  readonly what: string;
  readonly request: object;
  readonly expected: object;
}

const sources = import.meta.glob<string>('./*.md', { query: '?raw', import: 'default', eager: true });
const all = Object.entries(sources).map(
  ([path, source]) => [path, readLesson(source, path.slice('./'.length))] as const,
);
const lessons = all.filter(([path]) => !path.endsWith('.de.md')).map(([, lesson]) => lesson);

// A translation has the same blocks (read-lesson.test.ts), but formulas of its own in its text: they are asked as well.
const rows = [
  ...lessons.flatMap(lesson =>
    lesson.steps.flatMap(step => blockRows(lesson, step.block, `${lesson.head.id}, "${step.heading}"`)),
  ),
  ...all.flatMap(([, lesson]) => proseRows(lesson)),
];
const rules = lessons.flatMap(lesson =>
  lesson.steps.flatMap(({ block }) => {
    if (block.kind === 'ask') return block.rule === undefined ? [] : [{ lesson, id: block.rule }];
    return block.kind === 'rule' ? block.rules.map(id => ({ lesson, id })) : [];
  }),
);

function blockRows(lesson: Lesson, block: Block, what: string): Row[] {
  const context = contextOf(lesson);
  switch (block.kind) {
    case 'derive': {
      const fields = questionFields(block, context, block.layout);
      return [derived(what, fields), ...(block.show === 'entries' ? [entered(what, fields)] : [])];
    }
    case 'ask':
      return [
        ...block.at.map(values => derived(what, { ...questionFields(block, context), at: valueMap(values) })),
        ...askRows(lesson, block),
      ];
    case 'picture':
      return [pictureRow(block, context.vars, what), ...choiceRows(block, context.vars, what)];
    case 'rule':
      return [];
  }
}

function pictureRow(block: PictureBlock, vars: LessonContext['vars'], what: string): Row {
  switch (block.picture) {
    case 'tangent':
      return derived(what, { expr: block.expr, wrt: block.wrt, vars, at: new Map([[block.wrt, block.at]]) });
    case 'jacobian': {
      const at = new Map(block.inputs.map((input, place) => [input, block.at[place]]));
      return entered(what, { expr: `[${block.outputs.join(', ')}]`, wrt: block.inputs, vars, at });
    }
    case 'graph':
    case 'bump': {
      const at = new Map([[block.wrt, block.at]]);
      const graph = derived(what, { expr: block.expr, wrt: block.wrt, vars, at, way: 'paths' });
      const expected = { view: { graph: { paths: expect.arrayContaining([expect.objectContaining({})]) } } };
      return { ...graph, expected: { ...graph.expected, ...expected } };
    }
    case 'factors': {
      const at = new Map(block.inputs.map((input, place) => [input, block.at[place]]));
      const expr = `[${block.outer.join(', ')}] where ${block.through} = [${block.inner.join(', ')}]`;
      return entered(what, { expr, wrt: block.inputs, at });
    }
    case 'unit': {
      // The lesson may have the names that the unit gives to its parts: here the point alone says what is a variable.
      const wrt = [...block.weights, block.bias];
      return derived(what, { expr: unitExpression(block), wrt, at: valueMap(block.at) });
    }
    case 'slices':
    case 'gradient': {
      const at = new Map(block.inputs.map((input, place) => [input, block.at[place]]));
      return derived(what, { expr: block.expr, wrt: block.inputs, vars, at });
    }
    case 'kink': {
      const expr = `${block.outer} where ${block.through} = ${block.inner}`;
      return derived(what, { expr, wrt: block.wrt, at: valueMap(block.at) });
    }
    case 'operators':
      return derived(what, { expr: block.choices[0], wrt: block.by[0], vars });
    case 'knobs':
      return derived(what, { expr: block.choices[0], wrt: block.vector, vars });
    case 'adder':
      return derived(what, { expr: `sum(${block.choices[0]})`, wrt: block.by, vars });
    case 'samples': {
      // What the picture draws as the sum of its arrows, times the factor, is the loss's gradient.
      const answer = `${block.factor} * colsums(${block.shares})`;
      const request = { op: 'check', expr: block.loss, wrt: block.wrt, vars, answer };
      return { what, request, expected: { ok: true, verdict: 'equal' } };
    }
    case 'grid': {
      if (!block.product) return derived(what, { expr: block.expr, wrt: block.wrt, vars, at: valueMap(block.at) });
      const answer = `outer(${block.rows.expr}, ${block.columns.expr})`;
      return {
        what,
        request: { op: 'check', expr: block.expr, wrt: block.wrt, vars, answer },
        expected: { verdict: 'equal' },
      };
    }
    case 'descent': {
      const [across, up] = block.params;
      const at = new Map([...block.at, [across, block.starts[0]?.[0]], [up, block.starts[0]?.[1]]] as const);
      const shapes = new Map([...at].map(([name, value]) => [name, Array.isArray(value) ? ['N'] : []]));
      return derived(what, { expr: block.loss, wrt: block.params, vars: shapes, at });
    }
  }
}

/** What a picture asks at its numbers for each of the functions that its reader may pick. */
function choiceRows(block: PictureBlock, vars: LessonContext['vars'], what: string): Row[] {
  const opened = (expr: string, wrt: string, at: Values): Row => {
    const used = at.filter(([name]) => new RegExp(`\\b${name}\\b`).test(expr));
    const shapes = used.map(([name, value]) => [name, shapeOf(value)] as const);
    return entered(`${what}, ${expr} by ${wrt}`, { expr, wrt, vars: new Map(shapes), at: valueMap(used) });
  };
  switch (block.picture) {
    case 'operators':
      return block.choices.flatMap(expr => [
        ...block.by.map(wrt => opened(expr, wrt, block.at)),
        ...block.by.map(wrt => derived(`${what}, ${expr} by ${wrt}, of any size`, { expr, wrt, vars })),
      ]);
    case 'knobs': {
      const at: Values = [
        [block.scalar, block.start],
        [block.vector, block.starts],
      ];
      return block.choices.flatMap(expr => [block.scalar, block.vector].map(wrt => opened(expr, wrt, at)));
    }
    case 'adder':
      return block.choices.flatMap(expr => [
        opened(expr, block.by, block.at),
        derived(`${what}, sum(${expr}), of any size`, { expr: `sum(${expr})`, wrt: block.by, vars }),
      ]);
    default:
      return [];
  }
}

function shapeOf(value: Point): number[] {
  if (typeof value === 'number') return [];
  return [value.length, ...(value[0] === undefined ? [] : shapeOf(value[0]))];
}

function askRows(lesson: Lesson, block: AskBlock): Row[] {
  const exercise = `${lesson.head.id} ${block.id}`;
  const wrong = block.wrong.map(each => each.answer);
  const fields = { op: 'check', ...questionFields(block, contextOf(lesson)), wrong };
  return [
    ...wrong.map((answer, place) => ({
      what: `${exercise}: the wrong answer ${answer}`,
      request: { ...fields, answer },
      expected: { ok: true, verdict: expect.not.stringMatching(/^equal$/), wrong: place },
    })),
    ...(right.get(exercise) ?? []).map(answer => ({
      what: `${exercise}: the right answer ${answer}`,
      request: { ...fields, answer },
      expected: { ok: true, verdict: 'equal' },
    })),
  ];
}

function proseRows(lesson: Lesson): Row[] {
  const context = contextOf(lesson);
  return lesson.steps.flatMap(({ prose, block }) => {
    const inlines = prose.flatMap(part => (part.kind === 'list' ? part.items.flat() : [...part.children]));
    const said = block.kind === 'ask' ? block.wrong.flatMap(wrong => [...wrong.say]) : [];
    return formulas([...inlines, ...said]).map((inline): Row => {
      const what = `${lesson.head.id}: the formula ${inline.expr}`;
      return inline.kind === 'question'
        ? derived(what, questionFields({ expr: inline.expr, wrt: inline.wrt }, context))
        : {
            what,
            request: { op: 'parse', expr: inline.expr, vars: context.vars },
            expected: { ok: true, latex: expect.stringMatching(/./) },
          };
    });
  });
}

type Formula = Extract<Inline, { expr: string }>;

function formulas(inlines: readonly Inline[]): Formula[] {
  return inlines.flatMap(inline => {
    if (inline.kind === 'formula' || inline.kind === 'question') return [inline];
    return 'children' in inline ? formulas(inline.children) : [];
  });
}

function derived(what: string, fields: object): Row {
  return {
    what,
    request: { ...fields, detail: 'page' },
    expected: { ok: true, view: { question: expect.stringMatching(/./), result: expect.stringMatching(/./) } },
  };
}

function entered(what: string, fields: object): Row {
  return { what, request: { op: 'entries', ...fields }, expected: { ok: true, cut: false } };
}

/** All requests through the command line at once, as a site generator would send them. */
function batch(requests: readonly object[]): unknown[] {
  const toPlain = (_key: string, part: unknown): unknown => (part instanceof Map ? Object.fromEntries(part) : part);
  const input = requests.map(request => `${JSON.stringify(request, toPlain)}\n`).join('');
  const run = spawnSync('target/release/chalkgrad', ['batch'], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) throw new Error(`No command line: cargo build --release --bin chalkgrad (${run.error.message})`);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown);
}

describe('the engine answers every lesson', () => {
  let answers: readonly unknown[] = [];
  let catalog: unknown;

  beforeAll(() => {
    [catalog, ...answers] = batch([{ op: 'catalog' }, ...rows.map(row => row.request)]);
  }, 60_000);

  test('with one answer for each request', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(answers).toHaveLength(rows.length);
  });

  // Not `$what`: it would be cut after forty characters.
  test.each(rows.map((row, place) => [row.what, place, row] as const))('%s (request %i)', (_what, place, row) => {
    expect(answers[place]).toMatchObject(row.expected);
  });

  test.each(rules)('$lesson.head.id: the rule $id is in the catalogue', ({ id }) => {
    expect(catalog).toMatchObject({ rules: expect.arrayContaining([expect.objectContaining({ id })]) });
  });

  test('every exercise has its right answers here', () => {
    const exercises = lessons.flatMap(lesson =>
      lesson.steps.flatMap(({ block }) => (block.kind === 'ask' ? [`${lesson.head.id} ${block.id}`] : [])),
    );
    expect([...right.keys()].sort()).toEqual(exercises.sort());
  });
});
