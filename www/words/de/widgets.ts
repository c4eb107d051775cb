import type { english } from '../widgets.ts';
import type { Translation } from '../words.ts';

export const widgets: Translation<typeof english> = {
  broken: 'Die interaktive Fassung konnte hier nicht geladen werden.',
  nothing: 'Hier gibt es nichts abzuleiten.',
  nograph: 'Dieser Ausdruck hat keinen Rechengraphen, der sich zeigen ließe.',
  badpoint: 'Die Zahlen in „at“ sind nicht lesbar. Sie werden {example} geschrieben.',
  other: 'Andere Aufgabe',
  unknown: 'Dieses Widget gibt es nicht. Bekannt sind: {names}.',
  question: 'Die Frage',
  result: 'Das Ergebnis',
  facts: 'Batch {batch} von {samples}, Seed {seed}',
  networkfacts: '{activation}, Lernrate {rate}, Batch {batch} von {samples}, Seed {seed}',
  laststep: 'Der letzte Schritt in Zahlen',
  samples: 'Die Stichproben als Tabelle: Ändere eine Zahl',
  network: 'Das Netz. Seine Gewichte stehen in den Tabellen darunter.',
  weights: 'Die Gewichte als Tabellen',
};
