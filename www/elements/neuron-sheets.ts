const sheets = new Map<string, CSSStyleSheet>();

/**
 * Puts a style sheet to work in a document or a shadow root, once each. A constructed sheet needs no style element,
 * which a strict content security policy would refuse, and is parsed once for all roots that share it.
 */
export function adoptSheet(root: Document | ShadowRoot, css: string): void {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
