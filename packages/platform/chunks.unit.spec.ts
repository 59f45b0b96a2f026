import { describe, expect, it } from 'vitest';
import { chunks } from './chunks.js';

describe('Chunks', () => {
  it('have all of a list in its order', () => {
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([1, 2], 2)).toEqual([[1, 2]]);
    expect(chunks([], 2)).toEqual([]);
  });
});
