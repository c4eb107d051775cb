// SymPy in Pyodide, from wheels that bench/setup.mjs fetched. Its cache is cleared before every question, so that each is new.
import { readdirSync, readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const program = `
from sympy import MatrixSymbol, Symbol, Trace, diff, sin, sympify, symbols
from sympy.core.cache import clear_cache
n, m = symbols('n m', integer=True, positive=True)
def textbook(text):
    clear_cache()
    return str(diff(sympify(text.replace('^', '**')), Symbol('x')))
def matrix(which):
    clear_cache()
    A, X, B = MatrixSymbol('A', n, n), MatrixSymbol('X', n, n), MatrixSymbol('B', n, n)
    x, M, y = MatrixSymbol('x', n, 1), MatrixSymbol('M', m, n), MatrixSymbol('y', m, 1)
    if which == 'quadratic': return str((x.T*A*x).diff(x))
    if which == 'trace': return str(Trace(A*X*B).diff(X))
    if which == 'residual': return str(((M*x - y).T*(M*x - y)).diff(x))
    return str(Trace(X.I*A).diff(X))
def chain(depth):
    clear_cache()
    x = f = Symbol('x')
    for k in range(depth): f = sin(f)*f + x
    return str(diff(f, x))
def partials(text):
    clear_cache()
    f = sympify(text)
    return [str(diff(f, s)) for s in sorted(f.free_symbols, key=str)]
`;

export async function sympy() {
  const python = await loadPyodide();
  const folder = new URL('../wheels/', import.meta.url);
  for (const file of readdirSync(folder))
    python.unpackArchive(new Uint8Array(readFileSync(new URL(file, folder))), 'wheel');
  python.runPython(program);
  const of = name => python.globals.get(name);
  const [textbook, matrix, chain, partials] = ['textbook', 'matrix', 'chain', 'partials'].map(of);
  return {
    textbook: ({ text }) => textbook(text),
    matrix: ({ sympy: which }) => matrix(which),
    chain: ({ depth }) => chain(depth),
    partials: ({ text }) => {
      const all = partials(text);
      const found = all.toJs().join('\n');
      all.destroy();
      return found;
    },
  };
}
