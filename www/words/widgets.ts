import { area } from './words.ts';

/** Widgets on other people's pages. */
export const english = {
  broken: 'The interactive version could not be loaded here.',
  nothing: 'There is nothing to derive here.',
  nograph: 'This expression has no computation graph to show.',
  badpoint: 'The numbers in “at” cannot be read. They are written {example}.',
  other: 'Another exercise',
  unknown: 'There is no such widget. These are known: {names}.',
  question: 'The question',
  result: 'The result',
  facts: 'batch {batch} of {samples}, seed {seed}',
  networkfacts: '{activation}, rate {rate}, batch {batch} of {samples}, seed {seed}',
  laststep: 'The last step in numbers',
  samples: 'The samples as a table: change any number',
  network: 'The network. Its weights are in the tables below.',
  weights: 'The weights as tables',
} as const;

export const { say, saying } = area('widgets', english);
