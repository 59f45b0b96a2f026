import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';

/**
 * Has browsers compile modules while they read a script, beside the page. A module is a function that runs once the page
 * starts. Chromium compiles a function at its first call, on the thread that draws the page, unless it stands in
 * parentheses, as those do that are called at once; functions within modules wait for their calls as before.
 * @param folder of the scripts that were built
 * @throws where there is none, because Turbopack writes them in another way by now
 */
export function compileModulesEagerly(folder: string): void {
  let count = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const path = join(folder, file);
    const code = readFileSync(path, 'utf8');
    if (!code.startsWith('(globalThis.TURBOPACK')) continue;
    let written = '';
    let at = 0;
    for (const { start, end } of modulesOf(code)) {
      written += `${code.slice(at, start)}(${code.slice(start, end)})`;
      at = end;
      count += 1;
    }
    writeFileSync(path, written + code.slice(at));
  }
  if (count === 0) throw new Error(`There is no module in the scripts of ${folder}.`);
}

/** A script is `(…).push([who, id, module, id, module, …])`. */
function modulesOf(code: string): { start: number; end: number }[] {
  const [statement] = parse(code, { ecmaVersion: 'latest' }).body;
  const call = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const [list] = call?.type === 'CallExpression' ? call.arguments : [];
  if (list?.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((element) =>
    element?.type === 'ArrowFunctionExpression' || element?.type === 'FunctionExpression' ? [element] : [],
  );
}
