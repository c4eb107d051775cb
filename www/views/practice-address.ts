/** Which exercise is on screen: with topic and seed the engine makes the same one again. */
export interface PracticePlace {
  /** Empty for the first topic there is. */
  readonly topic: string;
  readonly seed: number;
}

/** JavaScript has no larger whole numbers, and the engine takes none. */
const largestSeed = Number.MAX_SAFE_INTEGER;

/** Reads the place out of an address. A seed that makes no sense is the first. */
export function readPractice(topic: string, params: URLSearchParams): PracticePlace {
  const text = params.get('seed') ?? '1';
  const seed = Number(text);
  const known = /^[0-9]+$/.test(text) && seed <= largestSeed;
  return { topic, seed: known ? seed : 1 };
}

/** The address of an exercise. */
export function writePractice(place: PracticePlace): string {
  return `#/practice/${encodeURIComponent(place.topic)}?seed=${place.seed}`;
}
