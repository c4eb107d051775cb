import { engine } from '../engine/client.ts';
import type { Answer, Failed, Graph, Numbers, View } from '../engine/contract.ts';
import { flatten } from '../lessons/numbers.ts';
import { evaluate } from './values.ts';

/** A derivation that has a graph. */
export type GraphView = View & { readonly graph: Graph };

/** The graph of a scalar question with its numbers at a point; `undefined` where a newer request has overtaken it. */
export async function graphAt(channel: string, request: object): Promise<GraphView | undefined> {
  const answer = await engine.latest<Answer | Failed>(channel, { ...request, detail: 'page', way: 'paths' });
  const view = answer && 'view' in answer ? answer.view : undefined;
  return view?.graph === undefined ? undefined : { ...view, graph: view.graph };
}

/** The rates along each path, from the variable to the result. */
export function ratesAlong({ paths, edges }: Graph): number[][] {
  return paths.map(({ nodes }) =>
    nodes.slice(1).map((to, place) => {
      const edge = edges.find(each => each.from === nodes[place] && each.to === to);
      return single(edge?.local.value);
    }),
  );
}

/** What each path makes of a bump, and the sums of the first path, of the first two, and so on. */
export interface Contributions {
  readonly paths: readonly number[];
  readonly sums: readonly number[];
}

/** Multiplies along each path and adds over the paths; both are done by the engine. */
export async function contributions(channel: string, graph: Graph, bump: number): Promise<Contributions | undefined> {
  const rates = ratesAlong(graph);
  const names = rates.map((_, place) => `c_${place + 1}`);
  const sums = names.map((_, place) => names.slice(0, place + 1).join(' + '));
  const made = rates.map((_, place) => `c_${place + 1} = bump * prod(r_${place + 1})`);
  const numbers = await evaluate(
    channel,
    `[${[...names, ...sums].join(', ')}] where ${made.join(', ')}`,
    new Map<string, number | readonly number[]>([
      ['bump', bump],
      ...rates.map((along, place) => [`r_${place + 1}`, along] as const),
    ]),
  );
  if (numbers === undefined) return undefined;
  return { paths: numbers.slice(0, names.length), sums: numbers.slice(names.length) };
}

/** The one number of a scalar. */
export function single(numbers: Numbers | undefined): number {
  const [value] = numbers === undefined ? [] : flatten(numbers);
  return value ?? Number.NaN;
}
