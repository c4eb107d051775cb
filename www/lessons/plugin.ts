import { readLesson } from './read-lesson.ts';

const lessonFile = /\/(www\/lessons\/[^/]+\.md)(\?head)?$/;

/** The part of a Vite plugin that is used here, so that Vite's types (and Node's with them) stay out of the page's. */
interface TransformPlugin {
  name: string;
  enforce: 'pre';
  transform(source: string, id: string): { code: string; map: null } | undefined;
}

/**
 * Turns the lesson files into typed data while building, so that no Markdown parser reaches the page. `lesson.md?head`
 * is only what a list of lessons needs. A faulty lesson stops the build with its file and line.
 */
export function lessons(): TransformPlugin {
  return {
    name: 'chalkgrad-lessons',
    enforce: 'pre',
    transform(source, id) {
      const match = lessonFile.exec(id);
      if (match?.[1] === undefined) return undefined;
      const lesson = readLesson(source, match[1]);
      return { code: `export default ${JSON.stringify(match[2] === undefined ? lesson : lesson.head)};`, map: null };
    },
  };
}
