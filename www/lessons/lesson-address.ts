/** Where in a lesson the reader is; all of it stands in the address. */
export interface LessonPlace {
  /** The step, 0-based. */
  readonly index: number;
  /** The whole lesson on one page. */
  readonly whole: boolean;
}

/** More steps than a lesson ever has; a larger number in a link is no step. */
const mostSteps = 100;

/** Reads the place out of an address. What is missing or makes no sense is the beginning. */
export function readPlace(params: URLSearchParams): LessonPlace {
  const step = Number(params.get('step') ?? '1');
  const known = Number.isInteger(step) && step >= 1 && step <= mostSteps;
  return { index: known ? step - 1 : 0, whole: params.get('view') === 'all' };
}

/** The address of a place. */
export function writePlace(lesson: string, place: LessonPlace): string {
  const params = new URLSearchParams();
  if (place.index > 0) params.set('step', String(place.index + 1));
  if (place.whole) params.set('view', 'all');
  const query = params.toString();
  return `#/lessons/${encodeURIComponent(lesson)}${query === '' ? '' : `?${query}`}`;
}
