import type { JsonShape } from '../engine/contract.ts';
import { say } from '../words/explore.ts';

/** What a declared variable can be. */
export type Kind = 'scalar' | 'vector' | 'matrix';

/** The kinds, in the order in which they are offered. */
export const kinds: readonly Kind[] = ['scalar', 'vector', 'matrix'];

/** The kind of a shape: by how many dimensions it has. */
export function kindOf(shape: JsonShape): Kind {
  return kinds[Math.min(shape.length, 2)] ?? 'scalar';
}

/** A shape in words: `scalar`, `vector n`, `matrix m × n`. */
export function shapeWords(shape: JsonShape): string {
  return shape.length === 0 ? say('scalar') : `${say(kindOf(shape))} ${shape.join(' × ')}`;
}

/** What was typed as a dimension: a whole number is a size, anything else a name for the engine to judge. */
export function readDimension(text: string): string | number {
  const trimmed = text.trim();
  return /^[0-9]+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
