import type { english } from '../formula.ts';
import type { Translation } from '../words.ts';

export const formula: Translation<typeof english> = {
  formula: 'Formel',
  wide: '{label}, lässt sich seitwärts rollen',
  before: 'gleich {words}',
  behind: '{words} gleich',
  undefined: 'nicht definiert',
  expression: 'Ausdruck',
  dot: 'Skalarprodukt',
  elementwise: 'elementweises Produkt',
  transpose: 'Transponierte',
  squared: 'Quadrat',
  symbols: 'Ein Zeichen einfügen',
  insert: '{symbol} einfügen, {name}',
  replace: 'Ersetzen durch ',
  given: 'Wie Formeln dargestellt werden',
  native: 'Zugängliche Formeln',
  brackets: 'Jede Klammer vorlesen',
  long: 'Der Screenreader sagt dann, was jeder Name ist und wo jede Klammer auf- und zugeht',
  late: 'Das hat zu lange gedauert und wurde angehalten. Der Rechner ist bereit für die nächste Frage.',
  absent: 'Der Rechner konnte hier nicht geladen werden: {reason}',
  worker: 'sein Worker ließ sich nicht starten',
  wasm: 'Er braucht WebAssembly. Eine Seite mit Content Security Policy muss `wasm-unsafe-eval` erlauben.',
  trapped: 'Das war zu viel für den Rechner: Er hielt an und wurde neu gestartet. Was du getippt hast, ist noch da.',
  smaller: 'Ein kleinerer Ausdruck oder kleinere Größen helfen.',
};
