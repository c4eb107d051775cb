/**
 * The script for other people's pages: `<script type="module" src=".../embed.js"></script>`. It is small; everything a
 * widget needs is fetched when the reader comes near it.
 */
import { defineWidget } from './widgets/lazy-widget.ts';

defineWidget({
  name: 'chalk-derivation',
  attributes: ['expr', 'wrt', 'layout', 'step', 'theme'],
  height: { wide: '640px', narrow: '760px' },
  load: async () => (await import('./widgets/derivation.ts')).mount,
});

defineWidget({
  name: 'chalk-neuron',
  attributes: ['data', 'rate', 'batch', 'seed', 'speed', 'steps', 'theme'],
  height: { wide: '500px', narrow: '720px' },
  load: async () => (await import('./widgets/neuron.ts')).mount,
});

defineWidget({
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
  ],
  height: { wide: '720px', narrow: '1000px' },
  load: async () => (await import('./widgets/network.ts')).mount,
});
