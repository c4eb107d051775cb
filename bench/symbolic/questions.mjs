// Questions about derivatives, in each peer's own language.

/** Twelve derivatives of a textbook; ours and most peers' text, and LaTeX for the one that reads it. */
export const textbook = [
  ['x^3 - 4*x + 1', 'x^3-4x+1'],
  ['sin(x)*cos(x)', '\\sin(x)\\cos(x)'],
  ['exp(-x^2/2)', '\\exp(-\\frac{x^2}{2})'],
  ['log(x^2 + 1)', '\\ln(x^2+1)'],
  ['1/(1 + exp(-x))', '\\frac{1}{1+\\exp(-x)}'],
  ['tanh(x)^2', '\\tanh(x)^2'],
  ['sqrt(1 + x^2)', '\\sqrt{1+x^2}'],
  ['x^x', 'x^x'],
  ['sin(x)/x', '\\frac{\\sin(x)}{x}'],
  ['x*exp(x)*sin(x)', 'x\\exp(x)\\sin(x)'],
  ['atan(x^2)', '\\arctan(x^2)'],
  ['(2*x + 1)^5*(x - 3)^2', '(2x+1)^5(x-3)^2'],
].map(([text, latex]) => ({ text, latex }));

/** Results by a matrix or a vector of which SymPy gets the first four right. */
export const matrices = [
  { name: "x'*A*x by x", expr: "x'*A*x", wrt: 'x', vars: { x: ['n'], A: ['n', 'n'] }, sympy: 'quadratic' },
  { name: 'tr(A*X*B) by X', expr: 'tr(A*X*B)', wrt: 'X', vars: square('A', 'X', 'B'), sympy: 'trace' },
  {
    name: "(A*x - y)'*(A*x - y) by x",
    expr: "(A*x - y)'*(A*x - y)",
    wrt: 'x',
    vars: { x: ['n'], y: ['m'], A: ['m', 'n'] },
    sympy: 'residual',
  },
  { name: 'tr(inv(X)*A) by X', expr: 'tr(inv(X)*A)', wrt: 'X', vars: square('X', 'A'), sympy: 'inverse' },
];

function square(...names) {
  return Object.fromEntries(names.map(name => [name, ['n', 'n']]));
}

/** f ← sin(f)·f + x, so many times: as names, and as one text, which doubles each time. */
export function chain(depth) {
  const names = Array.from(
    { length: depth },
    (_, k) => `f${k + 1} = sin(${k ? `f${k}` : 'x'})*${k ? `f${k}` : 'x'} + x`,
  );
  let text = 'x';
  for (let k = 0; k < Math.min(depth, 8); k += 1) text = `(sin(${text})*${text} + x)`;
  return { named: `f${depth} where ${names.join(', ')}`, text };
}

/** x1·…·xn. */
export function product(count) {
  const names = Array.from({ length: count }, (_, k) => `x${k + 1}`);
  return { names, text: names.join('*') };
}
