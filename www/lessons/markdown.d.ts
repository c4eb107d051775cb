// What `plugin.ts` makes of a lesson file.

declare module '*.md?head' {
  import type { LessonHead } from './lesson.ts';

  const head: LessonHead;
  export default head;
}

declare module '*.md' {
  import type { Lesson } from './lesson.ts';

  const lesson: Lesson;
  export default lesson;
}
