import type { JsonShape } from '../engine/contract.ts';
import { type ExploreState, readState } from '../state.ts';

/** A question to try. Only the question stands here: the engine has the answers. */
export interface Example {
  readonly title: string;
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
  { title: 'A chain of two', expr: 'sin(x^2)', wrt: 'x', shapes: scalar('x') },
  { title: 'Two paths to one x', expr: 'x + x^2', wrt: 'x', shapes: scalar('x') },
  { title: 'A gradient', expr: '3x^2 y', wrt: '[x, y]' },
  { title: 'A Jacobian', expr: '[3x^2 y, 2x + y^8]', wrt: '[x, y]' },
  { title: 'Elementwise product', expr: 'w ⊙ x', wrt: 'w' },
  { title: 'A sum, scaled', expr: 'sum(x z)', wrt: 'z', shapes: scalar('z') },
  { title: 'A sine between matrices', expr: 'A*sin(B*x)', wrt: 'x' },
  { title: 'One neuron', expr: 'relu(w·x + b)', wrt: 'w' },
  { title: 'Its squared error', expr: '(y - relu(w·x + b))^2', wrt: 'w', shapes: scalar('y') },
  { title: 'The loss over a data set', expr: 'mean((y - relu(X*w + b)).^2)', wrt: 'w' },
  { title: 'A quadratic form, twice', expr: "x'*A*x", wrt: 'x', order: 2 },
  { title: 'A trace by a matrix', expr: "tr(A*X'*B*X*C)", wrt: 'X' },
  { title: 'The log of a determinant', expr: 'logdet(X)', wrt: 'X' },
  { title: 'A layer by its weights', expr: 'W*x', wrt: 'W' },
  {
    title: 'Two layers, from the loss back',
    expr: 'sum((V*h - y).^2) where h = tanh(W*x + b)',
    wrt: 'W',
    shapes: new Map([['b', ['m']]]),
    way: 'reverse',
  },
];
