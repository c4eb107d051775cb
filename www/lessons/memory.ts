/**
 * What a learner typed into an exercise, kept for as long as the tab lives, so that nothing is lost by looking
 * something up elsewhere. The storage may be closed to us (a private window, a strict setting): then it is simply not kept. A lesson without a name
 * keeps nothing.
 */
export function recall(lesson: string, exercise: string): string {
  if (lesson === '') return '';
  try {
    return sessionStorage.getItem(keyOf(lesson, exercise)) ?? '';
  } catch {
    return '';
  }
}

/** Keeps what was typed. */
export function keep(lesson: string, exercise: string, text: string): void {
  if (lesson === '') return;
  try {
    sessionStorage.setItem(keyOf(lesson, exercise), text);
  } catch {
    // Nothing to do: the field itself still holds it.
  }
}

function keyOf(lesson: string, exercise: string): string {
  return `chalkgrad answer ${lesson} ${exercise}`;
}
