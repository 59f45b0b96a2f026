import { expect, it } from 'vitest';
import { paintFirst } from './paint-first.js';

const mark = Buffer.from('MARK');
const page = (...scripts: string[]) =>
  `<html><head><link rel="preload" as="script" fetchPriority="low" nonce="MARK" href="/_next/b.js"/>` +
  `<link rel="preload" as="image" href="/a.svg"/>${scripts.join('')}</head><body>Kopi Gayo – ☕` +
  `<script nonce="MARK">self.__next_f=[]</script><script src="/_next/b.js" nonce="MARK" async=""></script></body></html>`;
const first = '<script src="/_next/a.js" async="" nonce="MARK"></script>';
const old = '<script src="/_next/old.js" noModule="" nonce="MARK"></script>';
const foreign = '<script src="https://elsewhere.test/x.js" async="" nonce="MARK"></script>';

it('fetches scripts after the first frame, once, with the nonce', () => {
  const text = paintFirst(Buffer.from(page(first, old, foreign)), mark).toString();
  expect(text).toContain('Kopi Gayo – ☕<script nonce="MARK">self.__next_f=[]</script>');
  expect(text).toContain(`<link rel="preload" as="image" href="/a.svg"/>${old}${foreign}`);
  expect(text).not.toContain('as="script"');
  const [, loader] = /<script nonce="MARK">(\{const.*)<\/script><\/body>/.exec(text) ?? [];

  const appended: object[] = [];
  const frames: (() => void)[] = [];
  const timers: { work: () => void; ms: number | undefined }[] = [];
  const document = {
    currentScript: { nonce: 'n1' },
    createElement: (name: string) => ({ name }),
    head: { append: (element: object) => appended.push(element) },
  };
  const run = new Function('document', 'requestAnimationFrame', 'setTimeout', loader as string);
  run(
    document,
    (work: () => void) => frames.push(work),
    (work: () => void, ms?: number) => timers.push({ work, ms }),
  );
  expect(appended).toEqual([]);
  frames.forEach((frame) => void frame());
  expect(timers.map(({ ms }) => ms)).toEqual([2000, undefined]);
  // Each file is asked for by a timer of its own.
  for (const { work } of timers) work();
  expect(appended).toEqual(
    ['/_next/a.js', '/_next/b.js'].map((src) => ({ name: 'script', src, async: true, nonce: 'n1' })),
  );
});

it('leaves a page alone that has no such scripts, or no end', () => {
  const without = Buffer.from(`<html><body>${foreign}</body></html>`);
  expect(paintFirst(without, mark)).toBe(without);
  const cutOff = Buffer.from(page(first).slice(0, -20));
  expect(paintFirst(cutOff, mark)).toBe(cutOff);
});
