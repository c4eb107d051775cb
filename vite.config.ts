import { existsSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/csp.mjs';
import { lessons } from './www/lessons/plugin.ts';

const policyTag = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>\s*/gi;

/**
 * Writes the content security policy into every built page. The dev server goes without: it puts its styles inline.
 */
function securityPolicy(): Plugin {
  let building = false;
  return {
    name: 'chalkgrad-security-policy',
    configResolved(config) {
      building = config.command === 'build';
    },
    transformIndexHtml(html) {
      const bare = html.replace(policyTag, '');
      if (!building) return bare;
      const attrs = { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy };
      return { html: bare, tags: [{ tag: 'meta', attrs, injectTo: 'head-prepend' }] };
    },
  };
}

/** KaTeX's sheet names each font three times; every browser that runs the wasm takes the first, so the others go. */
function modernFontsOnly(): Plugin {
  const older = /,\s*url\([^)]*KaTeX_[^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g;
  return {
    name: 'chalkgrad-modern-fonts',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(older, '');
        else if (file.fileName.endsWith('.css')) file.source = String(file.source).replace(older, '');
        else if (/KaTeX_.*\.(woff|ttf)$/.test(file.fileName)) delete bundle[file.fileName];
      }
    },
  };
}

/** Pages and the script for other people's pages. App mode, not library mode: that one inlines the wasm as base64. */
const entries = { index: 'index.html', frame: 'frame.html', embed: 'www/embed.ts' };

export default defineConfig({
  // Relative addresses: the built folder works at any depth of any server.
  base: './',
  plugins: [lessons(), modernFontsOnly(), securityPolicy()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Nothing becomes a `data:` address: the policy allows those for pictures only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      preserveEntrySignatures: 'strict',
      output: {
        // The embed's address is written into other people's pages: it never changes.
        entryFileNames: chunk => (chunk.name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
