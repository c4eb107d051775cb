import type { JsonShape } from '../engine/contract.ts';
import { type ExploreState, readState } from '../state.ts';

type ExampleTitle =
  | ('chain' | 'twopaths' | 'gradient' | 'jacobian' | 'product' | 'sum' | 'sine' | 'neuron' | 'squarederror')
  | ('loss' | 'quadratic' | 'trace' | 'logdet' | 'layer' | 'twolayers');

/** A question to try. Only the question stands here: the engine has the answers. */
export interface Example {
  /** A key of Explore's words. */
  readonly title: ExampleTitle;
  readonly expr: string;
  readonly wrt: string;
  /** Shapes meant otherwise than a reader would guess from the names. */
  readonly shapes?: ReadonlyMap<string, JsonShape>;
  readonly order?: number;
  readonly way?: ExploreState['way'];
}

/** What Explore shows for an example: its question, and all else as on a first visit, but for the layout. */
export function questionOf({ expr, wrt, shapes, order, way }: Example): Partial<ExploreState> {
  const { layout: _kept, ...fresh } = readState(new URLSearchParams());
  return { ...fresh, expr, wrt, shapes: shapes ?? fresh.shapes, order: order ?? fresh.order, way: way ?? fresh.way };
}

const scalar = (name: string): ReadonlyMap<string, JsonShape> => new Map([[name, []]]);

/** Questions from one variable to a network's weights. */
export const examples: readonly Example[] = [
  { title: 'chain', expr: 'sin(x^2)', wrt: 'x', shapes: scalar('x') },
  { title: 'twopaths', expr: 'x + x^2', wrt: 'x', shapes: scalar('x') },
  { title: 'gradient', expr: '3x^2 y', wrt: '[x, y]' },
  { title: 'jacobian', expr: '[3x^2 y, 2x + y^8]', wrt: '[x, y]' },
  { title: 'product', expr: 'w ⊙ x', wrt: 'w' },
  { title: 'sum', expr: 'sum(x z)', wrt: 'z', shapes: scalar('z') },
  { title: 'sine', expr: 'A*sin(B*x)', wrt: 'x' },
  { title: 'neuron', expr: 'relu(w·x + b)', wrt: 'w' },
  { title: 'squarederror', expr: '(y - relu(w·x + b))^2', wrt: 'w', shapes: scalar('y') },
  { title: 'loss', expr: 'mean((y - relu(X*w + b)).^2)', wrt: 'w' },
  { title: 'quadratic', expr: "x'*A*x", wrt: 'x', order: 2 },
  { title: 'trace', expr: "tr(A*X'*B*X*C)", wrt: 'X' },
  { title: 'logdet', expr: 'logdet(X)', wrt: 'X' },
  { title: 'layer', expr: 'W*x', wrt: 'W' },
  {
    title: 'twolayers',
    expr: 'sum((V*h - y).^2) where h = tanh(W*x + b)',
    wrt: 'W',
    shapes: new Map([['b', ['m']]]),
    way: 'reverse',
  },
];
