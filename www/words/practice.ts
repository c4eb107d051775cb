import { area } from './words.ts';

/** Practice: exercises that the engine makes, and derivations in lines of one's own. */
export const english = {
  title: 'Practice',
  exercise: 'Exercise {seed}',
  nosuch: 'No such exercises',
  topics: 'Topics',
  rules: 'Each {link} has exercises as well.',
  rule: 'rule',
  making: 'Making an exercise…',
  explore: 'See the whole derivation in Explore',
  close: 'Close your lines',
  open: 'Work it out line by line',
  back: 'Back',
  next: 'Next exercise',
  given: 'Given: {names}. Numerator layout; any equal form is right.',
  second: 'The second derivative. ',
  line: 'A line of yours',
  done: '✓ Done.',
  finished: 'Only the change of the variable is left: what multiplies it is the derivative. Type it above.',
  rulehead: 'Rule',
  none: 'none in particular',
  therule: 'The rule',
  yours: 'Your next line',
  hint: 'd(…) may stand for a change not yet worked out',
  check: 'Check line',
} as const;

export const { say, saying } = area('practice', english);
