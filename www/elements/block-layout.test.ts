import { describe, expect, test } from 'vitest';
import { countNumbers, layBlocks } from './block-layout.ts';

describe('blocks', () => {
  // ∂(W x)/∂W for W of 2 × 3 and x = (5, 6, 7), worked out by hand.
  const wx = [
    [
      [5, 6, 7],
      [0, 0, 0],
    ],
    [
      [0, 0, 0],
      [5, 6, 7],
    ],
  ];

  test('of a vector by a matrix stand one below the other, each laid out like the matrix', () => {
    const { blocks, columns, height, width } = layBlocks(wx, 2);
    expect([columns, blocks.length, height, width]).toEqual([1, 2, 2, 3]);
    expect(blocks[1]?.outer).toEqual([2]);
    const cell = blocks[1]?.cells[4];
    expect(cell).toEqual({ outer: [2], inner: [2, 2], value: 6, row: 3, column: 1 });
  });

  test('of a matrix by a matrix stand as the entries of the matrix do', () => {
    // 2 × 3 entries of the value, a variable of 1 × 2.
    const numbers = [1, 2].map(i => [1, 2, 3].map(j => [[10 * i + j, 0]]));
    const { blocks, columns } = layBlocks(numbers, 2);
    expect(columns).toBe(3);
    expect(blocks.map(block => block.cells[0]?.value)).toEqual([11, 12, 13, 21, 22, 23]);
    expect(blocks[4]?.cells[1]).toMatchObject({ outer: [2, 2], inner: [1, 2], row: 1, column: 3 });
  });

  test('by a vector are columns', () => {
    const { height, width, blocks } = layBlocks([[[1, 2, 3]], [[4, 5, 6]]], 1);
    expect([height, width]).toEqual([3, 1]);
    expect(blocks.map(block => block.cells.map(cell => cell.row))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  test('of more than two indices go on below each other', () => {
    const numbers = [1, 2].map(i => [1, 2].map(j => [1, 2, 3].map(k => [100 * i + 10 * j + k])));
    const { columns, blocks } = layBlocks(numbers, 1);
    expect(columns).toBe(3);
    expect(blocks.length).toBe(12);
    expect(blocks[11]?.cells[0]).toMatchObject({ outer: [2, 2, 3], value: 223, row: 3, column: 2 });
  });

  test('keep what is no number visible as such', () => {
    const cells = layBlocks([[['nan', 'inf', '-inf']]], 1).blocks[0]?.cells ?? [];
    expect(cells.map(cell => cell.value)).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  test('are counted', () => {
    expect(countNumbers(wx)).toBe(12);
    expect(countNumbers(7)).toBe(1);
  });
});
