import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { __unstable__loadDesignSystem as loadDesign } from '@tailwindcss/node';
import { expect, it } from 'vitest';

const shop = join(import.meta.dirname, '..');
const folders = [join(shop, 'app'), join(shop, 'components'), join(shop, '../../packages/ui')];
/** What can name a colour, a size or a shape of the theme: a name that it does not have makes no style, and no noise. */
const themed =
  /^(?:\S+:)?-?(?:bg|text|border|divide|outline|ring|fill|stroke|accent|rounded|shadow|font|ease)-[a-z]\S*$/;

it('names no colour, size or shape that the theme does not have', async () => {
  const css = readFileSync(join(shop, 'app/globals.css'), 'utf8');
  const design = await loadDesign(css, { base: join(shop, 'app') });
  const named = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.tsx') && !path.includes('node_modules'))
      .flatMap((path) => {
        const code = readFileSync(join(folder, path), 'utf8');
        const texts = code.match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g) ?? [];
        const words = texts.flatMap((text) => text.slice(1, -1).split(/[\s'"`]+/));
        return words.filter((word) => themed.test(word)).map((name) => ({ path, name }));
      }),
  );
  expect(named.length).toBeGreaterThan(300);
  const styles = design.candidatesToCss(named.map(({ name }) => name));
  expect(named.filter((_, index) => !styles[index])).toEqual([]);
});
