import { activations, firstNetwork, losses, networkLimits, sets } from '../elements/network-model.ts';
import { firstSettings } from '../elements/neuron-model.ts';
import { wayName } from '../elements/way-names.ts';
import { layouts, ways } from '../state.ts';
import { say } from '../words/embed.ts';
import { say as network } from '../words/network.ts';
import { say as neuron } from '../words/neuron.ts';
import { languages } from '../words/words.ts';
import { dataSets } from './neuron-data.ts';

/** A choice, and what says how it is called on screen. */
interface Choice {
  readonly id: string;
  readonly title: () => string;
}

/** Keys of the builder's words: of a field, of a widget, of a choice. */
type Label =
  | (
      | 'expression'
      | 'by'
      | 'layout'
      | 'shapes'
      | 'assumed'
      | 'order'
      | 'way'
      | 'speed'
      | 'theme'
      | 'lang'
      | 'step'
      | 'at'
    )
  | ('sizes' | 'topic' | 'rule' | 'seed' | 'data' | 'rate' | 'batch' | 'steps' | 'layers' | 'activation' | 'loss')
  | ('samples' | 'noise' | 'dataseed');
type Title = 'derivation' | 'graph' | 'jacobian' | 'exercise' | 'neuron' | 'network';
type Named = 'numerator' | 'denominator' | 'mixed' | 'slow' | 'steady' | 'fast';

/** An attribute as the builder sets it. */
export interface EmbedField {
  readonly name: string;
  readonly label: Label;
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
  readonly title: Title;
  readonly about: `${Title}about`;
  readonly fields: readonly EmbedField[];
  /** A height for an iframe, in pixels. */
  readonly height: number;
}

const named = (ids: readonly Named[]): readonly Choice[] => ids.map(id => ({ id, title: () => say(id) }));

const expr = (begin: string): EmbedField => ({ name: 'expr', label: 'expression', first: '', begin });
const wrt = (begin: string): EmbedField => ({ name: 'wrt', label: 'by', first: '', begin });
const layout: EmbedField = { name: 'layout', label: 'layout', first: 'numerator', choices: named(layouts) };
const shapes: EmbedField = { name: 'shapes', label: 'shapes', first: '', example: 'A:m,n;x:n', rare: true };
const assume: EmbedField = { name: 'assume', label: 'assumed', first: '', example: 'A:symmetric', rare: true };
const order: EmbedField = { name: 'order', label: 'order', first: '1', number: { min: 1, max: 6 }, rare: true };
const way: EmbedField = {
  name: 'way',
  label: 'way',
  first: '',
  choices: [{ id: '', title: () => say('usual') }, ...ways.map(id => ({ id, title: () => wayName(id) }))],
  rare: true,
};
const speed: EmbedField = {
  name: 'speed',
  label: 'speed',
  first: 'steady',
  choices: named(['slow', 'steady', 'fast']),
};
const theme: EmbedField = {
  name: 'theme',
  label: 'theme',
  first: '',
  choices: [
    { id: '', title: () => say('behind') },
    { id: 'light', title: () => say('light') },
    { id: 'dark', title: () => say('dark') },
  ],
};
const lang: EmbedField = {
  name: 'lang',
  label: 'lang',
  first: '',
  choices: [{ id: '', title: () => say('around') }, ...languages.map(({ id, name }) => ({ id, title: () => name }))],
  rare: true,
};
const number = (name: string, label: Label, first: number, min = 0, max = 4_294_967_295): EmbedField => ({
  name,
  label,
  first: String(first),
  number: { min, max },
});

/** The table of widgets as the builder offers them: each attribute of the widget is a field. */
export const embedWidgets: readonly EmbedWidget[] = [
  {
    id: 'derivation',
    title: 'derivation',
    about: 'derivationabout',
    fields: [
      expr('relu(w·x + b)'),
      wrt('w'),
      layout,
      { name: 'step', label: 'step', first: '1', number: { min: 1, max: 1000 }, rare: true },
      shapes,
      assume,
      order,
      way,
      theme,
      lang,
    ],
    height: 760,
  },
  {
    id: 'graph',
    title: 'graph',
    about: 'graphabout',
    fields: [
      expr('(w·x) * sigmoid(w·x)'),
      wrt('w'),
      { name: 'at', label: 'at', first: '', example: '{"w": [1, 2], "x": [3, -1]}' },
      { ...layout, rare: true },
      shapes,
      assume,
      way,
      theme,
      lang,
    ],
    height: 900,
  },
  {
    id: 'jacobian',
    title: 'jacobian',
    about: 'jacobianabout',
    fields: [
      expr('W*x'),
      wrt('x'),
      layout,
      { name: 'sizes', label: 'sizes', first: '', example: 'n:2;m:3' },
      shapes,
      assume,
      order,
      theme,
      lang,
    ],
    height: 560,
  },
  {
    id: 'exercise',
    title: 'exercise',
    about: 'exerciseabout',
    fields: [
      { name: 'topic', label: 'topic', first: '', begin: 'jacobian' },
      { name: 'rule', label: 'rule', first: '', example: 'power-rule', rare: true },
      number('seed', 'seed', 1),
      theme,
      lang,
    ],
    height: 560,
  },
  {
    id: 'neuron',
    title: 'neuron',
    about: 'neuronabout',
    fields: [
      {
        name: 'data',
        label: 'data',
        first: dataSets[0].id,
        choices: dataSets.map(({ id, title }) => ({ id, title: () => neuron(title) })),
      },
      { name: 'rate', label: 'rate', first: String(firstSettings.rate) },
      number('batch', 'batch', firstSettings.batch, 1, 1000),
      number('seed', 'seed', firstSettings.seed),
      speed,
      { ...number('steps', 'steps', 500, 1, 100_000), rare: true },
      theme,
      lang,
    ],
    height: 760,
  },
  {
    id: 'network',
    title: 'network',
    about: 'networkabout',
    fields: [
      {
        name: 'set',
        label: 'data',
        first: firstNetwork.set,
        choices: sets.map(id => ({ id, title: () => network(id) })),
      },
      { name: 'layers', label: 'layers', first: firstNetwork.widths.join('-'), example: '6-4' },
      { name: 'activation', label: 'activation', first: firstNetwork.activation, proposed: activations },
      {
        name: 'loss',
        label: 'loss',
        first: firstNetwork.loss,
        choices: losses.map(id => ({ id, title: () => network(id) })),
      },
      { name: 'rate', label: 'rate', first: String(firstNetwork.rate) },
      number('batch', 'batch', firstNetwork.batch, networkLimits.batch.min, networkLimits.batch.max),
      number('seed', 'seed', firstNetwork.seed),
      speed,
      {
        ...number('count', 'samples', firstNetwork.count, networkLimits.count.min, networkLimits.count.max),
        rare: true,
      },
      { name: 'noise', label: 'noise', first: String(firstNetwork.noise), rare: true },
      { ...number('dataseed', 'dataseed', firstNetwork.dataSeed), rare: true },
      { ...number('steps', 'steps', 5000, 1, 1_000_000), rare: true },
      theme,
      lang,
    ],
    height: 1000,
  },
];
