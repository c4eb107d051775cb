// `npm run check`: types, format, lint and the promises of the source, in seconds. `npm run format` puts format right.
import { run, runModule } from './lib/run.mjs';

const codes = [
  await runModule('typescript/bin/tsc', ['-p', 'tsconfig.json']),
  await runModule('typescript/bin/tsc', ['-p', 'tsconfig.node.json']),
  await runModule('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']),
  await run(process.execPath, ['scripts/check-source.mjs']),
];
process.exit(codes.find(code => code !== 0) ?? 0);
