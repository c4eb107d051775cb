import type { english } from '../rules.ts';
import type { Translation } from '../words.ts';

export const rules: Translation<typeof english> = {
  title: 'Regeln',
  lead: 'Alle Regeln, die in den Herleitungen vorkommen, vom Rechner selbst aufgeschrieben. Jede ist nachgerechnet.',
  search: 'Suchen',
  nothing: 'Nichts passt. Versuch ein kürzeres Wort.',
  rules: { one: '{count} Regel', other: '{count} Regeln' },
  functions: { one: '{count} Operator oder Funktion', other: '{count} Operatoren und Funktionen' },
  ofderivations: 'Regeln für Herleitungen',
  operators: 'Operatoren und Funktionen',
  rule: 'Die Regel',
  practise: 'Üben',
  also: 'auch {names}',
  itsrule: 'Die Regel dazu',
};
