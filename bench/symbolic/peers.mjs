// Systems that differentiate, each as: text in, text out.
import { ComputeEngine } from '@cortex-js/compute-engine';
import Algebrite from 'algebrite';
import { derivative } from 'mathjs';
import nerdamer from 'nerdamer';
import 'nerdamer/Calculus.js';
import { call } from '../peers/chalkgrad.mjs';

const engine = new ComputeEngine();

/** An answer of ours. An error is thrown: a question that is not answered is no measurement. */
export function ask(request) {
  const answer = JSON.parse(call(JSON.stringify(request)));
  if (!answer.ok) throw new Error(answer.error.message);
  return answer;
}

const bare = { id: '', wrt: 'x', vars: { x: [] }, detail: 'result' };
const full = { id: '', wrt: 'x', vars: { x: [] } };

export const chalkgrad = {
  bare: { name: 'Chalkgrad, result', run: ({ text }) => ask({ ...bare, expr: text }).text },
  full: { name: 'Chalkgrad, steps, LaTeX, checks', run: ({ text }) => ask({ ...full, expr: text }).text },
};

export const mathjs = {
  plain: { name: 'mathjs, not simplified', run: ({ text }) => derivative(text, 'x', { simplify: false }).toString() },
  simplified: { name: 'mathjs, simplified', run: ({ text }) => derivative(text, 'x').toString() },
};

export const others = [
  { name: 'nerdamer', run: ({ text }) => nerdamer(`diff(${text}, x)`).toString() },
  { name: 'algebrite', run: ({ text }) => Algebrite.run(`d(${text.replaceAll('atan', 'arctan')}, x)`) },
  {
    name: 'compute-engine (LaTeX)',
    run: ({ latex }) => engine.box(['D', engine.parse(latex).json, 'x']).evaluate().latex,
  },
];
