import type { Answer, Failed, Graph, Numbers, View } from '../engine/contract.ts';
import { flatten } from '../lessons/numbers.ts';

/** A graph with the numbers at a point. */
export interface NumberedGraph {
  readonly graph: Graph;
  readonly at: ReadonlyMap<string, Numbers>;
}

/** The ways whose tables a graph is drawn from: they name the intermediates. */
const drawn: readonly string[] = ['paths', 'reverse'];

/** The way that has the graph of a question: the one that was gone, else another that the question has. */
export function graphWay(view: View): string | undefined {
  if (view.graph) return view.way;
  return view.ways.find(way => way !== view.way && drawn.includes(way));
}

/**
 * The graph in numbers at a point that is dealt; without signs where those lead out of a function's domain. `ask`
 * resolves to `undefined` where nobody waits for its answer any more.
 */
export async function numberedGraph(
  deal: (positive: boolean) => ReadonlyMap<string, Numbers> | undefined,
  ask: (at: ReadonlyMap<string, Numbers>) => Promise<Answer | Failed | undefined>,
): Promise<NumberedGraph | undefined> {
  let numbered: NumberedGraph | undefined;
  for (const positive of [false, true]) {
    const at = deal(positive);
    const answer = at && (await ask(at));
    const graph = answer && 'view' in answer ? answer.view?.graph : undefined;
    if (!at || !graph) break;
    numbered = { graph, at };
    if (graph.nodes.every(node => flatten(node.value ?? 0).every(Number.isFinite))) break;
  }
  return numbered;
}
