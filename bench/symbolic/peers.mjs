// Systems that differentiate. Each is opened when it is first asked; then every one of its ways takes a question and gives a text.

/** All derivatives that a question asks for: by its one variable, or by each of several. */
const each = ({ wrt }, derivative) => [wrt].flat().map(derivative).join('\n');

export const systems = {
  chalkgrad: async () => {
    const { call } = await import('../peers/chalkgrad.mjs');
    // As a page does it, an object to a line of JSON and back. An error is thrown: a question that is not answered is no measurement.
    const answer = request => {
      const answer = JSON.parse(call(JSON.stringify(request)));
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.text;
    };
    return {
      bare: ({ ask }) => answer({ ...ask, detail: 'result' }),
      full: ({ ask }) => answer(ask),
    };
  },
  mathjs: async () => {
    const { derivative } = await import('mathjs');
    return {
      plain: question => each(question, x => derivative(question.text, x, { simplify: false }).toString()),
      simplified: question => each(question, x => derivative(question.text, x).toString()),
    };
  },
  nerdamer: async () => {
    const { default: nerdamer } = await import('nerdamer');
    await import('nerdamer/Calculus.js');
    return { derivative: question => each(question, x => nerdamer(`diff(${question.text}, ${x})`).toString()) };
  },
  algebrite: async () => {
    const { default: Algebrite } = await import('algebrite');
    return { derivative: ({ text }) => Algebrite.run(`d(${text.replaceAll('atan', 'arctan')}, x)`) };
  },
  'compute-engine': async () => {
    const { ComputeEngine } = await import('@cortex-js/compute-engine');
    const engine = new ComputeEngine();
    return { derivative: ({ latex }) => engine.box(['D', engine.parse(latex).json, 'x']).evaluate().latex };
  },
  sympy: async () => (await import('./sympy.mjs')).sympy(),
};
