import type { TokenView } from '../engine/contract.ts';

/** A run of typed text that looks the same throughout. */
export interface Piece {
  readonly text: string;
  /** The token's kind, `plain` between tokens. */
  readonly kind: string;
  /** Lies in the span of the error. */
  readonly wrong: boolean;
}

/**
 * Cuts a text at its tokens and at the error's span. The pieces put together are the text again, whatever the
 * tokens say. An empty span marks the character it stands before, or the last one.
 */
export function cutText(
  text: string,
  tokens: readonly TokenView[],
  span?: readonly [number, number],
): readonly Piece[] {
  const [from, to] = span ? visibleSpan(text, span) : [-1, -1];
  const cuts = new Set([0, text.length]);
  for (const token of tokens) cuts.add(token.start).add(token.end);
  if (to > from) cuts.add(from).add(to);
  const places = [...cuts].filter(place => place >= 0 && place <= text.length).sort((a, b) => a - b);
  let next = 0;
  return places.slice(1).map((end, index) => {
    const start = places[index] ?? 0;
    // Tokens come in order, so one walk over them is enough.
    while ((tokens[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const token = tokens.slice(next, next + 1).find(each => each.start <= start && end <= each.end);
    return { text: text.slice(start, end), kind: token?.kind ?? 'plain', wrong: from <= start && end <= to };
  });
}

function visibleSpan(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  if (end > start) return [start, end];
  return start < text.length ? [start, start + 1] : [text.length - 1, text.length];
}

/**
 * The tokens of an earlier text, moved to where they stand in a later one: what comes before the change stays, what
 * comes behind it shifts. So colours hold still during the moment the engine needs for the new tokens.
 */
export function carryTokens(earlier: string, later: string, tokens: readonly TokenView[]): readonly TokenView[] {
  if (earlier === later) return tokens;
  const most = Math.min(earlier.length, later.length);
  let head = 0;
  while (head < most && earlier[head] === later[head]) head++;
  let tail = 0;
  while (tail < most - head && earlier[earlier.length - 1 - tail] === later[later.length - 1 - tail]) tail++;
  const shift = later.length - earlier.length;
  return tokens.flatMap(token => {
    if (token.end <= head) return [token];
    if (token.start >= earlier.length - tail) {
      return [{ ...token, start: token.start + shift, end: token.end + shift }];
    }
    return [];
  });
}
