import { activations, firstNetwork, losses, networkLimits, sets } from '../elements/network-model.ts';
import { firstSettings } from '../elements/neuron-model.ts';
import { wayName } from '../elements/way-names.ts';
import { layouts, ways } from '../state.ts';
import { dataSets } from './neuron-data.ts';

/** A choice and what it is called on screen. */
interface Choice {
  readonly id: string;
  readonly title: string;
}

/** An attribute as the builder sets it. */
export interface EmbedField {
  readonly name: string;
  readonly label: string;
  /** What the widget takes where the attribute is missing: it then stays out of the snippet. */
  readonly first: string;
  /** What may be chosen; without them the field is typed. */
  readonly choices?: readonly Choice[];
  /** What may be typed is proposed. */
  readonly proposed?: readonly string[];
  readonly number?: { readonly min: number; readonly max: number };
  /** How it is written, where that is not plain. */
  readonly example?: string;
  /** What the builder begins with, where that is not `first`: a widget without a question shows nothing. */
  readonly begin?: string;
  /** Seldom set: it stands behind "More". */
  readonly rare?: boolean;
}

/** A widget as the builder offers it. */
export interface EmbedWidget {
  /** Its name in the address and in the frame page; its element's is `chalk-` and this. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly fields: readonly EmbedField[];
  /** A height for an iframe, in pixels. */
  readonly height: number;
}

const named = (ids: readonly string[]): readonly Choice[] => ids.map(id => ({ id, title: id }));

const expr = (begin: string): EmbedField => ({ name: 'expr', label: 'Expression', first: '', begin });
const wrt = (begin: string): EmbedField => ({ name: 'wrt', label: 'By', first: '', begin });
const layout: EmbedField = { name: 'layout', label: 'Layout', first: 'numerator', choices: named(layouts) };
const shapes: EmbedField = { name: 'shapes', label: 'Shapes', first: '', example: 'A:m,n;x:n', rare: true };
const assume: EmbedField = { name: 'assume', label: 'Assumed', first: '', example: 'A:symmetric', rare: true };
const order: EmbedField = { name: 'order', label: 'Derivative', first: '1', number: { min: 1, max: 6 }, rare: true };
const way: EmbedField = {
  name: 'way',
  label: 'Way',
  first: '',
  choices: [{ id: '', title: 'the usual one' }, ...ways.map(id => ({ id, title: wayName(id) }))],
  rare: true,
};
const speed: EmbedField = {
  name: 'speed',
  label: 'Speed',
  first: 'steady',
  choices: named(['slow', 'steady', 'fast']),
};
const theme: EmbedField = {
  name: 'theme',
  label: 'Ground',
  first: '',
  choices: [
    { id: '', title: 'as the page behind' },
    { id: 'light', title: 'light' },
    { id: 'dark', title: 'dark' },
  ],
};
const number = (name: string, label: string, first: number, min = 0, max = 4_294_967_295): EmbedField => ({
  name,
  label,
  first: String(first),
  number: { min, max },
});

/** The table of widgets as the builder offers them: each attribute of the widget is a field. */
export const embedWidgets: readonly EmbedWidget[] = [
  {
    id: 'derivation',
    title: 'Derivation',
    about: 'A derivative, one named step at a time.',
    fields: [
      expr('relu(w·x + b)'),
      wrt('w'),
      layout,
      { name: 'step', label: 'First step', first: '1', number: { min: 1, max: 1000 }, rare: true },
      shapes,
      assume,
      order,
      way,
      theme,
    ],
    height: 760,
  },
  {
    id: 'graph',
    title: 'Graph',
    about: 'The computation graph: values forward, derivatives backward.',
    fields: [
      expr('(w·x) * sigmoid(w·x)'),
      wrt('w'),
      { name: 'at', label: 'At', first: '', example: '{"w": [1, 2], "x": [3, -1]}' },
      { ...layout, rare: true },
      shapes,
      assume,
      way,
      theme,
    ],
    height: 900,
  },
  {
    id: 'jacobian',
    title: 'Jacobian',
    about: 'The Jacobian entry by entry, each entry with its own derivation.',
    fields: [
      expr('W*x'),
      wrt('x'),
      layout,
      { name: 'sizes', label: 'Sizes', first: '', example: 'n:2;m:3' },
      shapes,
      assume,
      order,
      theme,
    ],
    height: 560,
  },
  {
    id: 'exercise',
    title: 'Exercise',
    about: 'An exercise with hints; the answer is judged in any form.',
    fields: [
      { name: 'topic', label: 'Topic', first: '', begin: 'jacobian' },
      { name: 'rule', label: 'Or one rule', first: '', example: 'power-rule', rare: true },
      number('seed', 'Seed', 1),
      theme,
    ],
    height: 560,
  },
  {
    id: 'neuron',
    title: 'Neuron',
    about: 'One neuron that learns in front of the reader.',
    fields: [
      { name: 'data', label: 'Data', first: dataSets[0].id, choices: dataSets.map(({ id, title }) => ({ id, title })) },
      { name: 'rate', label: 'Rate η', first: String(firstSettings.rate) },
      number('batch', 'Batch', firstSettings.batch, 1, 1000),
      number('seed', 'Seed', firstSettings.seed),
      speed,
      { ...number('steps', 'Pause after steps', 500, 1, 100_000), rare: true },
      theme,
    ],
    height: 760,
  },
  {
    id: 'network',
    title: 'Network',
    about: 'A small network that learns to tell two classes apart.',
    fields: [
      { name: 'set', label: 'Data', first: firstNetwork.set, choices: sets },
      { name: 'layers', label: 'Hidden layers', first: firstNetwork.widths.join('-'), example: '6-4' },
      { name: 'activation', label: 'Activation, in z', first: firstNetwork.activation, proposed: activations },
      { name: 'loss', label: 'Loss', first: firstNetwork.loss, choices: losses },
      { name: 'rate', label: 'Rate η', first: String(firstNetwork.rate) },
      number('batch', 'Batch', firstNetwork.batch, networkLimits.batch.min, networkLimits.batch.max),
      number('seed', 'Seed', firstNetwork.seed),
      speed,
      {
        ...number('count', 'Samples', firstNetwork.count, networkLimits.count.min, networkLimits.count.max),
        rare: true,
      },
      { name: 'noise', label: 'Noise', first: String(firstNetwork.noise), rare: true },
      { ...number('dataseed', 'Data seed', firstNetwork.dataSeed), rare: true },
      { ...number('steps', 'Pause after steps', 5000, 1, 1_000_000), rare: true },
      theme,
    ],
    height: 1000,
  },
];
