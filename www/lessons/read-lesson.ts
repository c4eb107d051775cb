import type { Token } from 'markdown-it';
import type { Block, Shapes } from './blocks.ts';
import type { Inline, Lesson, LessonHead, LessonStep, Prose } from './lesson.ts';
import { Place } from './lesson-error.ts';
import { readBlock, readShapes } from './read-block.ts';
import { countWords, markdown, readInline } from './read-prose.ts';

/** What a learner reads before there is something to do. */
const MOST_WORDS = 60;
const FEWEST_STEPS = 4;
const MOST_STEPS = 7;

/** Reads a lesson file strictly; every fault names the file and the line. Runs at build time and in tests only. */
export function readLesson(source: string, file: string): Lesson {
  const lines = source.split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0)
    throw new Place(file, 1).fault('a lesson begins with front matter between "---" lines');
  const front = readFrontMatter(lines.slice(1, end), file);
  const steps = readSteps(lines.slice(end + 1).join('\n'), file, end + 1);
  checkWhole(steps, new Place(file, 1));
  return { ...front, steps };
}

function readFrontMatter(lines: readonly string[], file: string): { head: LessonHead; vars: Shapes } {
  const found = new Map<string, { text: string; place: Place }>();
  lines.forEach((line, index) => {
    const place = new Place(file, index + 2);
    const colon = line.indexOf(':');
    if (colon < 0) throw place.fault('front matter is lines of "name: value"');
    const name = line.slice(0, colon).trim();
    if (found.has(name)) throw place.fault(`"${name}" is there twice`);
    found.set(name, { text: line.slice(colon + 1).trim(), place });
  });
  const take = (name: string): { text: string; place: Place } => {
    const entry = found.get(name);
    if (entry === undefined) throw new Place(file, 1).fault(`the front matter lacks "${name}"`);
    found.delete(name);
    return entry;
  };
  const text = (name: string): string => {
    const entry = take(name);
    if (entry.text === '') throw entry.place.fault(`"${name}" is empty`);
    return entry.text;
  };
  const wholeNumber = (name: string): number => {
    const entry = take(name);
    if (!/^[1-9][0-9]*$/.test(entry.text)) throw entry.place.fault(`"${name}" must be a positive whole number`);
    return Number(entry.text);
  };
  const id = take('id');
  if (!/^[a-z][a-z0-9-]*$/.test(id.text)) throw id.place.fault('"id" must be lower case letters, digits and hyphens');
  const head: LessonHead = {
    id: id.text,
    number: wholeNumber('number'),
    title: text('title'),
    about: text('about'),
    paper: text('paper'),
    minutes: wholeNumber('minutes'),
    needs: take('needs')
      .text.split(',')
      .map(need => need.trim())
      .filter(need => need !== ''),
  };
  const vars = take('vars');
  const shapes = readShapes(vars.text, vars.place);
  const [unknown] = found;
  if (unknown !== undefined) throw unknown[1].place.fault(`the front matter has no "${unknown[0]}"`);
  return { head, vars: shapes };
}

/** The texts of a list's points. */
type InlineList = readonly Inline[];

interface Draft {
  heading: string;
  prose: Prose[];
  block: Block | undefined;
  words: number;
  place: Place;
}

function readSteps(body: string, file: string, offset: number): LessonStep[] {
  const drafts: Draft[] = [];
  const tokens = markdown.parse(body, {});
  let inHeading = false;
  let list: InlineList[] | undefined;
  let line = offset;
  for (const token of tokens) {
    if (token.map !== null) line = offset + token.map[0] + 1;
    const place = new Place(file, line);
    const draft = drafts.at(-1);
    switch (token.type) {
      case 'heading_open':
        if (token.tag !== 'h2') throw place.fault('a step begins with "## "; other headings are not used');
        if (draft !== undefined) checkStep(draft);
        drafts.push({ heading: '', prose: [], block: undefined, words: 0, place });
        inHeading = true;
        break;
      case 'heading_close':
        inHeading = false;
        break;
      case 'bullet_list_open':
        list = [];
        break;
      case 'bullet_list_close':
        if (list !== undefined) draft?.prose.push({ kind: 'list', items: list });
        list = undefined;
        break;
      case 'list_item_open':
      case 'list_item_close':
      case 'paragraph_open':
      case 'paragraph_close':
        break;
      case 'inline':
        if (draft === undefined) throw place.fault('text before the first "## " heading');
        if (inHeading) draft.heading = token.content;
        else readText(token, draft, list, place);
        break;
      case 'fence':
        if (draft === undefined) throw place.fault('a block before the first "## " heading');
        if (draft.block !== undefined) throw place.fault('a step has one block');
        draft.block = readBlock(token.info.trim(), token.content, place);
        break;
      default:
        throw place.fault(`a lesson may not contain "${token.type}"`);
    }
  }
  const last = drafts.at(-1);
  if (last !== undefined) checkStep(last);
  return drafts.map(({ heading, prose, block, place }) => {
    if (block === undefined) throw place.fault('the step has no block');
    return { heading, prose, block };
  });
}

function readText(token: Token, draft: Draft, list: InlineList[] | undefined, place: Place): void {
  if (draft.block !== undefined) throw place.fault('the block comes last in its step');
  const inlines = readInline(token.children ?? [], place);
  draft.words += countWords(inlines);
  if (list === undefined) draft.prose.push({ kind: 'paragraph', children: inlines });
  else list.push(inlines);
}

function checkStep(draft: Draft): void {
  if (draft.heading.includes('$')) throw draft.place.fault('a heading is plain text');
  if (draft.prose.length === 0) throw draft.place.fault('the step has no text');
  if (draft.block === undefined) throw draft.place.fault('the step has no block');
  if (draft.words > MOST_WORDS) {
    throw draft.place.fault(`the step has ${draft.words} words; ${MOST_WORDS} are the most a step may have`);
  }
}

function checkWhole(steps: readonly LessonStep[], place: Place): void {
  if (steps.length < FEWEST_STEPS || steps.length > MOST_STEPS) {
    throw place.fault(`a lesson has ${FEWEST_STEPS} to ${MOST_STEPS} steps, this one has ${steps.length}`);
  }
  const blocks = steps.map(step => step.block);
  if (!blocks.some(block => block.kind === 'picture')) throw place.fault('a lesson has a picture');
  if (blocks.at(-1)?.kind !== 'rule') throw place.fault('a lesson ends with the rules that were used');
  const asks = blocks.filter(block => block.kind === 'ask').map(block => block.id);
  if (asks.length === 0) throw place.fault('a lesson has an exercise');
  if (new Set(asks).size < asks.length) throw place.fault('two exercises have the same id');
}
