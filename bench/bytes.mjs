// A file's bytes, in Node and in a browser.

/** @param {URL} url */
export async function bytes(url) {
  if (typeof window !== 'undefined') return new Uint8Array(await (await fetch(url)).arrayBuffer());
  // By a variable: the page's bundler is not to look for it.
  const files = 'node:fs/promises';
  const { readFile } = await import(/* @vite-ignore */ files);
  return readFile(url);
}
