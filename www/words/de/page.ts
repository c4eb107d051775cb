import type { english } from '../page.ts';
import type { Translation } from '../words.ts';

export const page: Translation<typeof english> = {
  title: '{place} · Chalkgrad',
  explore: 'Erkunden',
  lessons: 'Lektionen',
  practice: 'Üben',
  neuron: 'Neuron',
  network: 'Netz',
  rules: 'Regeln',
  embed: 'Einbetten',
  places: 'Bereiche',
  skip: 'Zum Inhalt springen',
  switch: 'Wechseln zu ',
  board: 'Tafel',
  paper: 'Papier',
  layouts: 'Anordnung der Jacobi-Matrizen',
  numerator: 'Zähler-Anordnung',
  denominator: 'Nenner-Anordnung',
  mixed: 'Gemischte Anordnung',
  nowhere: 'Diese Seite gibt es nicht',
  leads: 'Die Adresse führt hier nirgendwohin. {link}.',
  goexplore: 'Weiter zu Erkunden',
  failed: 'Diese Seite wurde nicht geladen',
  reload: 'Ein Teil konnte nicht geholt werden. Prüfe die Verbindung und lade die Seite neu.',
};
