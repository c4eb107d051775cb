import { showNumber } from '../lessons/numbers.ts';

/** A number as it is written behind a sign: a negative one stands in brackets. */
export function bracketed(value: number, behindSign: boolean): string {
  const text = showNumber(value);
  return behindSign && text.startsWith('−') ? `(${text})` : text;
}

/** Numbers with a sign between them: `2 + (−1)`, `0.5 · 2`. */
export function joined(numbers: readonly number[], sign: '+' | '·'): string {
  return numbers.map((value, place) => bracketed(value, place > 0)).join(` ${sign} `);
}

/** `=` where these numbers are shown as they are, `≈` where one of them is rounded: what is written stays true. */
export function equals(numbers: readonly number[]): '=' | '≈' {
  // Far below what two decimals can show, far above what adding up in binary leaves behind.
  return numbers.every(value => Math.abs(value - Number(value.toFixed(2))) < 1e-9) ? '=' : '≈';
}
