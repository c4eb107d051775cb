import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['www/**/*.test.ts', 'scripts/**/*.test.mjs'],
    // A file that needs a document says so itself: `// @vitest-environment happy-dom`.
    environment: 'node',
  },
});
