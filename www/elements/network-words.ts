import { plainNumber } from '../draw/text.ts';
import type { BuiltNetwork } from '../engine/client.ts';
import type { SurfaceValues } from './network-lab.ts';
import { say } from '../words/network.ts';

/** Whether a sample of class `y` lies on its own side of the boundary; what has no finite output lies on none. */
export function isRight(y: number, output: number, boundary: number): boolean {
  return y > 0 ? output > boundary : output <= boundary;
}

/** How many samples lie on their own side of the boundary. */
export function rightCount(surface: SurfaceValues, boundary: number): number {
  return surface.samples.filter(([, , y], place) => isRight(y, surface.output[place] ?? Number.NaN, boundary)).length;
}

/** The same in words. */
export function rightFinding(surface: SurfaceValues | undefined, built: BuiltNetwork | undefined): string {
  if (!surface || !built || surface.samples !== built.samples) return '';
  const right = rightCount(surface, built.output.boundary);
  const all = surface.samples.length;
  return right === all ? say('allright', { all }) : say('right', { count: right, all });
}

/** Places of the picture that stay blank, since the network gives no finite number there. */
export function blankFinding(surface: SurfaceValues | undefined): string {
  const all = surface?.gridOutput.length ?? 0;
  const blank = surface?.gridOutput.reduce((count, value) => (Number.isFinite(value) ? count : count + 1), 0) ?? 0;
  if (blank === 0) return '';
  return say('blank', { count: blank, all });
}

/** What is known of the rate where the engine knows a limit for it. */
export function rateFinding(limit: number | undefined, rate: number): string {
  if (limit === undefined) return '';
  const known = { limit: plainNumber(limit) };
  return rate > limit ? say('above', { ...known, rate: plainNumber(rate) }) : say('limit', known);
}

/** A weight's name with its place, `W₁[2, 3]`, `b₁[2]`, `w[1]`; `b` alone for a single number. */
export function entryName(name: string, entry: number, shape: readonly number[]): string {
  const place = entryPlace(entry, shape);
  return place === '' ? spoken(name) : `${spoken(name)}[${place}]`;
}

/** Where an entry stands: `2, 3`. */
export function entryPlace(entry: number, shape: readonly number[]): string {
  const columns = shape[1];
  if (shape.length === 0) return '';
  if (columns === undefined) return String(entry + 1);
  return `${Math.floor(entry / columns) + 1}, ${(entry % columns) + 1}`;
}

/** `W_1` as it is written. */
export function spoken(name: string): string {
  const [letter = '', number = ''] = name.split('_');
  return letter + [...number].map(digit => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? digit).join('');
}
