import { area } from './words.ts';

/** The catalogue of rules. */
export const english = {
  title: 'Rules',
  lead: 'Every rule the derivations use, printed from the engine itself. Each one is checked by number.',
  search: 'Search',
  nothing: 'Nothing fits. Try a shorter word.',
  rules: { one: '{count} rule', other: '{count} rules' },
  functions: { one: '{count} operator or function', other: '{count} operators and functions' },
  ofderivations: 'Rules of derivations',
  operators: 'Operators and functions',
  rule: 'The rule',
  practise: 'Practise',
  also: 'also {names}',
  itsrule: 'Its rule',
} as const;

export const { say, saying } = area('rules', english);
