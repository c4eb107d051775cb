import { defineConfig } from 'vitest/config';
import { lessons } from './www/lessons/plugin.ts';

export default defineConfig({
  plugins: [lessons()],
  test: {
    include: ['www/**/*.test.ts', 'scripts/**/*.test.mjs'],
    // A file that needs a document says so itself: `// @vitest-environment happy-dom`.
    environment: 'node',
  },
});
