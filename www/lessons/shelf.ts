import type { Lesson, LessonHead } from './lesson.ts';

/** Every lesson's head comes with the list; the lessons themselves are fetched when they are opened. */
const heads = import.meta.glob<LessonHead>('./[0-9]*.md', { query: '?head', import: 'default', eager: true });
const bodies = import.meta.glob<Lesson>('./[0-9]*.md', { import: 'default' });

const files = Object.keys(heads).sort();

/** The lessons there are, in order. */
export const lessonHeads: readonly LessonHead[] = files.flatMap(file => heads[file] ?? []);

/** The lesson with this id, or `undefined` where there is none. */
export async function loadLesson(id: string): Promise<Lesson | undefined> {
  const file = files.find(name => heads[name]?.id === id);
  return file === undefined ? undefined : await bodies[file]?.();
}
