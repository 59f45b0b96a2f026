import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { packageResource } from '@pasar/platform/resource';
import { allSettings } from './all-settings.js';

/** Writes docs/settings.md from the settings themselves, so that the page cannot be wrong. */
function settingsPage(): string {
  const tables = allSettings
    .filter(([, config]) => Object.keys(config.shape).length > 0)
    .map(([title, config]) => {
      const rows = Object.values(config.shape).map(({ name, schema, description }) => {
        const empty = schema.safeParse(undefined);
        const fallback = !empty.success
          ? 'required'
          : empty.data === undefined
            ? ''
            : `\`${show(empty.data)}\``;
        return `| \`${name}\` | ${fallback} | ${description.replaceAll('|', '\\|')} |`;
      });
      return `## ${title}\n\n| setting | default | what it does |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
    });
  return `# Settings

Settings are environment variables; a \`.env\` file in the folder where Pasar is started gives those that are not set
outside. They are checked at boot, all at once, and a wrong one stops it. This page is made from the code by
\`npm run generate\`.

The embedded profile makes what is secret by itself and keeps it in \`<data folder>/secrets.json\`.

${tables.join('\n')}`;
}

function show(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

writeFileSync(resolve(packageResource(import.meta.url, '.'), '../../docs/settings.md'), settingsPage());
