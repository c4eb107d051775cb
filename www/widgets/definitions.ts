import type { WidgetDefinition } from './lazy-widget.ts';

/** What says which derivative, named and written as in the address of Explore. */
const question = ['expr', 'wrt', 'layout', 'shapes', 'assume', 'order', 'way'] as const;

/** The table of widgets: a new one is a row here, and one in the builder's table (views/embed-fields.ts). */
export const widgets: readonly WidgetDefinition[] = [
  {
    name: 'chalk-derivation',
    attributes: [...question, 'step', 'theme', 'lang'],
    height: { wide: '640px', narrow: '760px' },
    load: async () => (await import('./derivation.ts')).mount,
  },
  {
    name: 'chalk-graph',
    attributes: ['expr', 'wrt', 'layout', 'shapes', 'assume', 'way', 'at', 'theme', 'lang'],
    height: { wide: '560px', narrow: '900px' },
    load: async () => (await import('./graph.ts')).mount,
  },
  {
    name: 'chalk-jacobian',
    attributes: ['expr', 'wrt', 'layout', 'shapes', 'assume', 'order', 'sizes', 'theme', 'lang'],
    height: { wide: '360px', narrow: '480px' },
    load: async () => (await import('./jacobian.ts')).mount,
  },
  {
    name: 'chalk-exercise',
    attributes: ['topic', 'rule', 'seed', 'theme', 'lang'],
    height: { wide: '380px', narrow: '440px' },
    load: async () => (await import('./exercise.ts')).mount,
  },
  {
    name: 'chalk-neuron',
    attributes: ['data', 'rate', 'batch', 'seed', 'speed', 'steps', 'theme', 'lang'],
    height: { wide: '500px', narrow: '720px' },
    load: async () => (await import('./neuron.ts')).mount,
  },
  {
    name: 'chalk-network',
    attributes: [
      'set',
      'count',
      'noise',
      'dataseed',
      'layers',
      'activation',
      'loss',
      'rate',
      'batch',
      'seed',
      'speed',
      'steps',
      'theme',
      'lang',
    ],
    height: { wide: '720px', narrow: '1000px' },
    load: async () => (await import('./network.ts')).mount,
  },
];
