import type { Lesson, LessonHead } from './lesson.ts';
import { languageOf, tongue } from '../words/words.ts';

/**
 * Every lesson's head comes with the list; the lessons themselves are fetched when they are opened. A translation stands
 * beside its lesson: `020-slopes.de.md`.
 */
const heads = import.meta.glob<LessonHead>('./[0-9]*.md', { query: '?head', import: 'default', eager: true });
const bodies = import.meta.glob<Lesson>('./[0-9]*.md', { import: 'default' });

const originals = Object.keys(heads)
  .filter(file => !/\.[a-z]{2}\.md$/.test(file))
  .sort();

/** The lessons there are, in order, in the language spoken just now; what is not translated stands there in English. */
export function lessonHeads(): readonly LessonHead[] {
  return originals.flatMap(file => heads[spokenFile(file)] ?? []);
}

/** The lesson with this id, or `undefined` where there is none. */
export async function loadLesson(id: string): Promise<Lesson | undefined> {
  const file = fileOf(id);
  return file === undefined ? undefined : await bodies[spokenFile(file)]?.();
}

/** Whether the lesson is there in the language spoken just now. */
export function isTranslated(id: string): boolean {
  const file = fileOf(id);
  return file === undefined || languageOf(tongue()) === 'en' || spokenFile(file) !== file;
}

function fileOf(id: string): string | undefined {
  return originals.find(file => heads[file]?.id === id);
}

function spokenFile(file: string): string {
  const translated = file.replace(/\.md$/, `.${languageOf(tongue())}.md`);
  return translated in heads ? translated : file;
}
