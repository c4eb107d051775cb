// Every lesson there is, as a whole page: words, axe and width.
import { readdirSync, readFileSync } from 'node:fs';
import { everywhere } from './lesson-pictures.ts';

const folder = 'www/lessons';
for (const file of readdirSync(folder).sort()) {
  if (!/^\d+-[a-z-]+\.md$/.test(file)) continue;
  const source = readFileSync(`${folder}/${file}`, 'utf8');
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(source)?.[1] ?? '';
  everywhere(field('id'), field('title'), source.split('```picture').length - 1);
}
