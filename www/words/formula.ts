import { area } from './words.ts';

/** Formulas, the field for them, and what the engine cannot say itself. */
export const english = {
  formula: 'Formula',
  wide: '{label}, scrolls sideways',
  before: 'equals {words}',
  behind: '{words} equals',
  undefined: 'undefined',
  expression: 'Expression',
  dot: 'dot product',
  elementwise: 'elementwise product',
  transpose: 'transpose',
  squared: 'squared',
  symbols: 'Insert a symbol',
  insert: 'Insert {symbol}, {name}',
  replace: 'Replace it with ',
  given: 'How formulas are given',
  native: 'Accessible math view',
  brackets: 'Say every bracket',
  long: 'Screen readers then hear what each name is, and where each bracket opens and closes',
  late: 'This took too long, so it was stopped. The engine is ready for the next question.',
  absent: 'The engine could not be loaded here: {reason}',
  worker: 'its worker could not be started',
  wasm: 'It needs WebAssembly. A page with a content security policy must allow `wasm-unsafe-eval`.',
  trapped: 'This was too much for the engine: it stopped and was started anew. What you typed is kept.',
  smaller: 'A smaller expression, or smaller sizes, will do.',
} as const;

export const { say, saying } = area('formula', english);
