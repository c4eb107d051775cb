import { describe, expect, test } from 'vitest';
import type { Inline, Lesson } from './lesson.ts';
import { readLesson } from './read-lesson.ts';

/** The formulas of a piece of text. */
function formulasIn(inline: Inline): string[] {
  if ('expr' in inline) return [inline.kind === 'question' ? `${inline.expr} | ${inline.wrt}` : inline.expr];
  return 'children' in inline ? inline.children.flatMap(formulasIn) : [];
}

describe('the lessons', () => {
  const sources = import.meta.glob<string>('./*.md', { query: '?raw', import: 'default', eager: true });
  const lessons = Object.entries(sources).map(([path, source]) => {
    const file = path.slice('./'.length);
    return { file, lesson: readLesson(source, file) };
  });

  const originals = lessons.filter(({ file }) => !file.endsWith('.de.md'));

  test('are there, and stand in the order of their numbers', () => {
    expect(originals.length).toBeGreaterThanOrEqual(3);
    const numbers = originals.map(({ lesson }) => lesson.head.number);
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
  });

  test.each(lessons)('$file has its number and its id in its name', ({ file, lesson }) => {
    const name = `${String(lesson.head.number * 10).padStart(3, '0')}-${lesson.head.id}`;
    expect([`${name}.md`, `${name}.de.md`]).toContain(file);
  });

  /** A lesson without its words: what a translation must leave as it is. */
  const bare = ({ head, vars, steps }: Lesson): object => ({
    ...{ id: head.id, number: head.number, minutes: head.minutes, needs: head.needs, vars },
    blocks: steps.map(({ block }) =>
      block.kind === 'ask' ? { ...block, wrong: block.wrong.map(({ answer }) => answer) } : block,
    ),
    formulas: steps.map(({ prose, block }) => [
      ...prose.flatMap(part => (part.kind === 'list' ? part.items.flat() : part.children)).flatMap(formulasIn),
      ...(block.kind === 'ask' ? block.wrong.flatMap(({ say }) => say.flatMap(formulasIn)) : []),
    ]),
  });

  test.each(originals)('$file is there in German, with the same blocks, answers and formulas', ({ file, lesson }) => {
    const german = lessons.find(other => other.file === file.replace(/\.md$/, '.de.md'));
    expect(german && bare(german.lesson)).toEqual(bare(lesson));
  });

  test('a German lesson has no heading, sentence or title of the English one', () => {
    const texts = ({ head, steps }: Lesson): string[] => [head.title, head.about, ...steps.map(step => step.heading)];
    const english = new Set(originals.flatMap(({ lesson }) => texts(lesson)));
    const kept = lessons.filter(({ file }) => file.endsWith('.de.md')).flatMap(({ lesson }) => texts(lesson));
    expect(kept.filter(text => english.has(text))).toEqual([]);
  });

  test.each(lessons)('$file needs only lessons that are there', ({ lesson }) => {
    const ids = lessons.map(other => other.lesson.head.id);
    expect(ids).toEqual(expect.arrayContaining([...lesson.head.needs]));
  });
});

const front = `---
id: small
number: 1
title: Small
about: A lesson for tests.
paper: none
minutes: 1
needs:
vars: {"x": []}
---
`;
const picture = `
## See

Look at $x^2$.

\`\`\`picture
{"picture": "tangent", "expr": "x^2", "wrt": "x", "from": -1, "to": 1, "at": 0, "distance": 1}
\`\`\`
`;
const derive = `
## Read

It is **short**, and $d: x^2 | x$ is a question.

\`\`\`derive
{"expr": "x^2", "wrt": "x", "show": "steps"}
\`\`\`
`;
const ask = `
## Try

Now you.

\`\`\`ask
{"id": "try", "expr": "x^2", "wrt": "x", "at": [{"x": 1}], "wrong": [{"answer": "x", "say": "No."}]}
\`\`\`
`;
const rules = `
## Rules

One.

\`\`\`rule
{"rules": ["power"]}
\`\`\`
`;

describe('readLesson', () => {
  test('reads steps, prose and blocks', () => {
    const lesson = readLesson(front + picture + derive + ask + rules, 'small.md');
    expect(lesson.vars).toEqual([['x', []]]);
    expect(lesson.steps.map(step => [step.heading, step.block.kind])).toEqual([
      ['See', 'picture'],
      ['Read', 'derive'],
      ['Try', 'ask'],
      ['Rules', 'rule'],
    ]);
    expect(lesson.steps[1]?.prose).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'It is ' },
          { kind: 'strong', children: [{ kind: 'text', text: 'short' }] },
          { kind: 'text', text: ', and ' },
          { kind: 'question', expr: 'x^2', wrt: 'x' },
          { kind: 'text', text: ' is a question.' },
        ],
      },
    ]);
  });

  test('a formula keeps its stars', () => {
    const lesson = readLesson(front + picture.replace('$x^2$', '$2*x*x$') + derive + ask + rules, 'small.md');
    expect(lesson.steps[0]?.prose[0]).toMatchObject({ children: [{}, { kind: 'formula', expr: '2*x*x' }, {}] });
  });

  test('a derivation may go another way, and an exercise may be about one rule', () => {
    const indexed = derive.replace('"show"', '"way": "index", "show"');
    const about = ask.replace('"at"', '"rule": "power-rule", "at"');
    const { steps } = readLesson(front + picture + indexed + about + rules, 'small.md');
    expect(steps[1]?.block).toMatchObject({ kind: 'derive', way: 'index' });
    expect(steps[2]?.block).toMatchObject({ kind: 'ask', rule: 'power-rule' });
  });

  test('a link leads to a page of ours', () => {
    const lesson = readLesson(front + picture.replace('Look', '[Look](#/neuron)') + derive + ask + rules, 'small.md');
    expect(lesson.steps[0]?.prose[0]).toMatchObject({
      children: [{ kind: 'link', href: '#/neuron', children: [{ text: 'Look' }] }, {}, {}, {}],
    });
  });

  const whole = front + picture + derive + ask + rules;
  const samples =
    '"samples", "loss": "l", "wrt": "w", "inputs": "X", "through": "t", "name": "z", "error": "e", "shares": "s", ' +
    '"factor": "2", "slide": ["w"], "from": 0, "to": 1, "at": {"w": [0, 0], "X": [[1, 2]]}}';
  const descent =
    '"descent", "loss": "l", "params": ["w", "b"], "spans": [[0, 1], [0, 1]], "name": "r", "from": 0, "to": 1, ' +
    '"rate": 0.5, "steps": 9, "starts": [[0, 0]], "at": {"x": [1]}}';
  /** The lesson with another picture. */
  const showing = (block: string): string => whole.replace(/"tangent".*\}/, block);

  test('reads the pictures of training', () => {
    const kinds = [samples, descent].map(block => readLesson(showing(block), 'small.md').steps[0]?.block);
    expect(kinds).toMatchObject([
      { picture: 'samples', slide: ['w'], range: { from: 0, to: 1 } },
      { picture: 'descent', spans: [{ from: 0, to: 1 }, {}], starts: [[0, 0]], rates: { from: 0, to: 1 } },
    ]);
  });

  test.each([
    ['samples that lie in no plane', showing(samples.replace('[[1, 2]]', '[1, 2]')), 16, 'rows of two numbers'],
    ['a slider without a start', showing(samples.replace('["w"]', '["w", "b"]')), 16, 'where b starts'],
    ['one parameter for a plane', showing(descent.replace('["w", "b"]', '["w"]')), 16, '"params"'],
    ['one span for a plane', showing(descent.replace('[[0, 1], [0, 1]]', '[[0, 1]]')), 16, '"spans"'],
    ['a span turned round', showing(descent.replace('[[0, 1], [0, 1]]', '[[1, 0], [0, 1]]')), 16, '"spans"'],
    ['a start that is no place', showing(descent.replace('[[0, 0]]', '[0]')), 16, '"starts"'],
    ['half a step', showing(descent.replace('"steps": 9', '"steps": 9.5')), 16, '"steps"'],
    ['a rate out of reach', showing(descent.replace('0.5', '2')), 16, '"rate"'],
    ['no front matter', picture, 1, 'front matter'],
    ['a name missing in it', whole.replace('title: Small\n', ''), 1, '"title"'],
    ['a name too much', whole.replace('title:', 'tittle: x\ntitle:'), 4, '"tittle"'],
    ['a bad number', whole.replace('minutes: 1', 'minutes: soon'), 7, '"minutes"'],
    ['shapes that are no JSON', whole.replace('{"x": []}', '{x}'), 9, 'no JSON'],
    ['a dimension of 0', whole.replace('{"x": []}', '{"x": [0]}'), 9, 'dimension of x'],
    ['a heading of another level', whole.replace('## Read', '### Read'), 20, '"## "'],
    ['an unknown block', whole.replace('```derive', '```derve'), 24, '"derve"'],
    ['a field missing in a block', whole.replace(', "show": "steps"', ''), 24, '"show"'],
    ['a way that is not there', whole.replace('"show"', '"way": "detour", "show"'), 24, '"way"'],
    ['a field too much', whole.replace('"show"', '"answer": "2x", "show"'), 24, '"answer"'],
    [
      'an ill-typed field',
      whole.replace('"expr": "x^2", "wrt": "x", "show"', '"expr": 2, "wrt": "x", "show"'),
      24,
      '"expr"',
    ],
    ['a picture that is not there', whole.replace('"tangent"', '"triangle"'), 16, '"picture"'],
    ['a range turned round', whole.replace('"from": -1', '"from": 3'), 16, '"from"'],
    ['a block that is no JSON', whole.replace('"show": "steps"}', '"show"'), 24, 'no JSON'],
    ['two blocks in a step', `${whole}\n\`\`\`rule\n{"rules": ["sum"]}\n\`\`\`\n`, 44, 'one block'],
    ['a step without a block', whole.replace(/```rule[\s\S]*/, ''), 36, 'no block'],
    ['a step without text', whole.replace('Now you.', ''), 28, 'no text'],
    ['a dollar alone', whole.replace('Now you.', 'It costs $5.'), 30, '"$"'],
    ['HTML', whole.replace('Now you.', '<b>Now</b> you.'), 30, 'html'],
    ['a link that leads away', whole.replace('Now', '[Now](https://example.org)'), 30, '"#/…"'],
    ['a picture file', whole.replace('Now you.', '![Now](you.png)'), 30, 'image'],
    ['too many words', whole.replace('Now you.', 'word '.repeat(61)), 28, '61 words'],
    ['too few steps', front + picture + ask + rules, 1, '4 to 7 steps'],
    ['no exercise', front + picture + derive + derive + rules, 1, 'exercise'],
    ['no picture', front + derive + derive + ask + rules, 1, 'picture'],
    ['no rules at the end', front + picture + derive + rules + ask, 1, 'rules'],
    ['one id for two exercises', front + picture + ask + ask + rules, 1, 'same id'],
  ])('says where: %s', (_what, source, line, words) => {
    let message = 'it was read without complaint';
    try {
      readLesson(source, 'small.md');
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(`small.md:${line}: `);
    expect(message).toContain(words);
  });
});
