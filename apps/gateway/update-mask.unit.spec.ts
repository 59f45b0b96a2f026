import { describe, expect, it } from 'vitest';
import { exampleContract } from './testing/example-contract.js';
import { checkUpdateMask, inferUpdateMask } from './update-mask.js';

const Shelf = exampleContract([]).message('Shelf');

describe('inferUpdateMask', () => {
  it('names what the body gives, entering messages', () => {
    const json = {
      name: '',
      pageCount: 1,
      detail: { id: 'x', deep: { marks: [1] } },
      labels: [],
      facts: { a: 'b' },
      at: '2026-11-21T08:00:00Z',
      note: null,
      free: { a: 1 },
      children: [{ name: 'c' }],
    };
    expect(inferUpdateMask(Shelf, json)).toEqual([
      'name',
      'page_count',
      'detail.id',
      'detail.deep.marks',
      'labels',
      'facts',
      'at',
      'note',
      'free',
      'children',
    ]);
  });

  it('replaces a message whole that is given as null or empty', () => {
    expect(inferUpdateMask(Shelf, { detail: null })).toEqual(['detail']);
    expect(inferUpdateMask(Shelf, { detail: {} })).toEqual(['detail']);
    expect(inferUpdateMask(Shelf, { detail: { deep: {} } })).toEqual(['detail.deep']);
  });

  it('is empty for an empty body', () => {
    expect(inferUpdateMask(Shelf, {})).toEqual([]);
    expect(inferUpdateMask(Shelf, null)).toEqual([]);
  });
});

describe('checkUpdateMask', () => {
  it('refuses paths that lead nowhere', () => {
    const paths = [
      '*',
      'name',
      'page_count',
      'detail.deep.id',
      'nope',
      'detail.nope',
      'labels.x',
      'at.seconds',
      '',
    ];
    expect(checkUpdateMask(Shelf, paths, 'updateMask').map(({ detail }) => detail)).toEqual(
      ['nope', 'detail.nope', 'labels.x', 'at.seconds', ''].map(
        (path) => `names "${path}", which is not a known field`,
      ),
    );
  });
});
