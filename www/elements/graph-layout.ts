import { Graph, layout } from '@dagrejs/dagre';

/** The room that something takes, in pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** An arrow between two nodes, by place in their list, with the room its label takes. */
export interface Arrow extends Room {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything stands: middles of nodes and of labels, and the bends of arrows. */
export interface GraphPlaces extends Room {
  readonly nodes: readonly Point[];
  readonly arrows: readonly { readonly label: Point; readonly bends: readonly Point[] }[];
}

/** Which way the arrows go. */
export type Heading = 'LR' | 'TB';

/**
 * Lays a graph without cycles out in ranks, so that arrows go one way and nothing lies on anything (dagre, after
 * Gansner et al., "A technique for drawing directed graphs", 1993). The same graph is always laid out in the same way.
 */
export function layOutGraph(nodes: readonly Room[], arrows: readonly Arrow[], heading: Heading): GraphPlaces {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: heading, nodesep: 28, ranksep: 26, edgesep: 16, marginx: 6, marginy: 6 });
  nodes.forEach(({ width, height }, place) => {
    graph.setNode(String(place), { width, height });
  });
  arrows.forEach(({ from, to, width, height }, place) => {
    graph.setEdge(String(from), String(to), { width, height, labelpos: 'c' }, String(place));
  });
  layout(graph);
  const whole = graph.graph();
  return {
    width: Math.ceil(whole.width ?? 0),
    height: Math.ceil(whole.height ?? 0),
    nodes: nodes.map((_, place) => pointOf(graph.node(String(place)))),
    arrows: arrows.map(({ from, to }, place) => {
      const edge = graph.edge({ v: String(from), w: String(to), name: String(place) });
      return { label: pointOf(edge), bends: (edge.points ?? []).map(pointOf) };
    }),
  };
}

/** From left to right where there is room for it, else downwards. */
export function fitGraph(nodes: readonly Room[], arrows: readonly Arrow[], room: number): GraphPlaces {
  const across = layOutGraph(nodes, arrows, 'LR');
  return across.width <= room ? across : layOutGraph(nodes, arrows, 'TB');
}

/** A path through the bends: straight at both ends, round in between. */
export function pathOf(bends: readonly Point[]): string {
  const [first, ...rest] = bends;
  if (!first) return '';
  const show = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = `M${show(first)}`;
  rest.forEach((bend, place) => {
    const next = rest[place + 1];
    if (!next) path += `L${show(bend)}`;
    else path += `Q${show(bend)} ${show({ x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 })}`;
  });
  return path;
}

function pointOf({ x, y }: { x?: number | undefined; y?: number | undefined }): Point {
  return { x: x ?? 0, y: y ?? 0 };
}
