import { describe, expect, test } from 'vitest';
import { carryTokens, cutText } from './typed-text.ts';

const token = (start: number, end: number, kind = 'name') => ({ start, end, kind });

describe('cutText', () => {
  test('pieces put together are the text', () => {
    const pieces = cutText('w·x + b', [token(0, 1), token(1, 2, 'operator'), token(2, 3)], [4, 5]);
    expect(pieces.map(piece => piece.text).join('')).toBe('w·x + b');
    expect(pieces.filter(piece => piece.kind === 'name').map(piece => piece.text)).toEqual(['w', 'x']);
    expect(pieces.filter(piece => piece.wrong).map(piece => piece.text)).toEqual(['+']);
  });

  test('an empty span behind the end marks the last character', () => {
    expect(cutText('w·', [], [2, 2]).filter(piece => piece.wrong)).toEqual([{ text: '·', kind: 'plain', wrong: true }]);
  });

  test('an empty text has no pieces', () => {
    expect(cutText('', [], [0, 0])).toEqual([]);
  });

  test('tokens that lie outside the text are left out', () => {
    expect(cutText('w', [token(0, 1), token(3, 9)]).map(piece => piece.text)).toEqual(['w']);
  });

  test('a span across several tokens marks each', () => {
    const pieces = cutText('x * y', [token(0, 1), token(2, 3, 'operator'), token(4, 5)], [0, 5]);
    expect(pieces.every(piece => piece.wrong)).toBe(true);
  });
});

describe('carryTokens', () => {
  test('what stands before a change stays and what stands behind it shifts', () => {
    expect(carryTokens('w + b', 'w + 2b', [token(0, 1), token(4, 5)])).toEqual([token(0, 1), token(5, 6)]);
  });

  test('a token that was changed is dropped', () => {
    expect(carryTokens('relu + b', 'rlu + b', [token(0, 4), token(7, 8)])).toEqual([token(6, 7)]);
  });

  test('repeated letters are counted once', () => {
    expect(carryTokens('xx', 'x', [token(0, 2)])).toEqual([]);
  });
});
