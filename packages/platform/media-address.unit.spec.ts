import { expect, it } from 'vitest';
import { mediaIdsOf } from './media-address.js';

const id = '0190b0f0-1234-7000-8000-00000000abcd';

it('finds uploaded files, each once, and nothing else', () => {
  const urls = [
    `/api/v1/media/${id}/960`,
    `https://pasar.example/api/v1/media/${id.toUpperCase()}/480.webp?x=1`,
    `/api/v1/media/${id}`,
    `/demo/api/v1/media/${id}/960`,
    `https://elsewhere.example/?/api/v1/media/${id}/960`,
    '/api/v1/media/x/960',
    '',
  ];
  expect(mediaIdsOf(urls)).toEqual([id]);
});
