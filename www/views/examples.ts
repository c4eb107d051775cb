/** A question to try. Only the question stands here: the engine has the answers. */
export interface Example {
  readonly title: string;
  readonly expr: string;
  readonly wrt: string;
}

/** Ten questions, from one variable to a neuron's loss. */
export const examples: readonly Example[] = [
  { title: 'A chain of two', expr: 'sin(x^2)', wrt: 'x' },
  { title: 'Two paths to one x', expr: 'x + x^2', wrt: 'x' },
  { title: 'A gradient', expr: '3x^2 y', wrt: '[x, y]' },
  { title: 'A Jacobian', expr: '[3x^2 y, 2x + y^8]', wrt: '[x, y]' },
  { title: 'Elementwise product', expr: 'w ⊙ x', wrt: 'w' },
  { title: 'A sum, scaled', expr: 'sum(x z)', wrt: 'z' },
  { title: 'A sine between matrices', expr: 'A*sin(B*x)', wrt: 'x' },
  { title: 'One neuron', expr: 'relu(w·x + b)', wrt: 'w' },
  { title: 'Its squared error', expr: '(y - relu(w·x + b))^2', wrt: 'w' },
  { title: 'The loss over a data set', expr: 'mean((y - relu(X*w + b)).^2)', wrt: 'w' },
];
