import type { english } from '../practice.ts';
import type { Translation } from '../words.ts';

export const practice: Translation<typeof english> = {
  title: 'Üben',
  exercise: 'Aufgabe {seed}',
  nosuch: 'Diese Aufgaben gibt es nicht',
  topics: 'Themen',
  rules: 'Auch zu jeder {link} gibt es Aufgaben.',
  rule: 'Regel',
  making: 'Eine Aufgabe entsteht…',
  explore: 'Die ganze Herleitung in Erkunden ansehen',
  close: 'Deine Zeilen schließen',
  open: 'Zeile für Zeile ausrechnen',
  back: 'Zurück',
  next: 'Weiter',
  given: 'Gegeben: {names}. Zähler-Anordnung; jede gleichwertige Form ist richtig.',
  second: 'Die zweite Ableitung. ',
  line: 'Eine Zeile von dir',
  done: '✓ Fertig.',
  finished: 'Nur die Änderung der Variablen ist noch da: Was vor ihr steht, ist die Ableitung. Tippe sie oben ein.',
  rulehead: 'Regel',
  none: 'keine bestimmte',
  therule: 'Die Regel',
  yours: 'Deine nächste Zeile',
  hint: 'd(…) darf für eine Änderung stehen, die noch aussteht',
  check: 'Zeile prüfen',
};
