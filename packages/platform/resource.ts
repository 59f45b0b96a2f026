import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A folder or file of the package that holds the module `from` (its `import.meta.url`), whether the module runs as
 * source or from dist.
 */
export function packageResource(from: string, path: string): string {
  let folder = dirname(fileURLToPath(from));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package around ${from}`);
    folder = parent;
  }
  return join(folder, path);
}
