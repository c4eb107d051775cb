import MarkdownIt, { type Token } from 'markdown-it';
import type { Inline } from './lesson.ts';
import type { Place } from './lesson-error.ts';

const dollar = 0x24;

/**
 * Markdown with one addition: `$…$` is a formula in Chalkgrad's own language. It is read before emphasis, so that the
 * stars in `$w*x*y$` stay stars. HTML is read only to be refused: left alone, it would stand in the text as it was typed.
 */
export const markdown = new MarkdownIt('commonmark', { html: true });

markdown.inline.ruler.before('emphasis', 'formula', (state, silent) => {
  if (state.src.charCodeAt(state.pos) !== dollar) return false;
  const end = state.src.indexOf('$', state.pos + 1);
  if (end < 0 || end >= state.posMax) return false;
  if (!silent) state.push('formula', '', 0).content = state.src.slice(state.pos + 1, end);
  state.pos = end + 1;
  return true;
});

/** Reads one sentence of a block, with formulas and emphasis as in the text. */
export function readSentence(text: string, place: Place): Inline[] {
  return markdown.parseInline(text, {}).flatMap(token => readInline(token.children ?? [], place));
}

/** Turns the parser's flat inline tokens into the tree the page renders; what a lesson may not contain is an error. */
export function readInline(tokens: readonly Token[], place: Place): Inline[] {
  const stack: { kind: 'emphasis' | 'strong' | 'link' | 'top'; href: string; children: Inline[] }[] = [];
  stack.push({ kind: 'top', href: '', children: [] });
  const push = (inline: Inline): void => {
    stack.at(-1)?.children.push(inline);
  };
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
        if (token.content.includes('$')) throw place.fault('a "$" without its partner');
        if (token.content !== '') push({ kind: 'text', text: token.content });
        break;
      case 'softbreak':
        push({ kind: 'text', text: ' ' });
        break;
      case 'code_inline':
        push({ kind: 'code', text: token.content });
        break;
      case 'formula':
        push(readFormula(token.content, place));
        break;
      case 'em_open':
        stack.push({ kind: 'emphasis', href: '', children: [] });
        break;
      case 'strong_open':
        stack.push({ kind: 'strong', href: '', children: [] });
        break;
      case 'link_open': {
        const href = String(token.attrGet('href') ?? '');
        if (!href.startsWith('#/')) throw place.fault('a link leads to a page of ours: "#/…"');
        stack.push({ kind: 'link', href, children: [] });
        break;
      }
      case 'em_close':
      case 'strong_close':
      case 'link_close': {
        const closed = stack.pop();
        if (closed === undefined || closed.kind === 'top') throw place.fault('emphasis ends that never began');
        const { kind, href, children } = closed;
        push(kind === 'link' ? { kind, href, children } : { kind, children });
        break;
      }
      default:
        throw place.fault(`a lesson's text may not contain "${token.type}"`);
    }
  }
  return stack[0]?.children ?? [];
}

/** `$w·x + b$` is a formula, `$d: w·x + b | w$` the question for its derivative. */
function readFormula(content: string, place: Place): Inline {
  const text = content.trim();
  if (text === '') throw place.fault('an empty formula');
  if (!text.startsWith('d:')) return { kind: 'formula', expr: text };
  const [expr, wrt, ...more] = text.slice(2).split('|');
  if (expr === undefined || wrt === undefined || more.length > 0 || expr.trim() === '' || wrt.trim() === '') {
    throw place.fault('a derivative is written "$d: expression | name$"');
  }
  return { kind: 'question', expr: expr.trim(), wrt: wrt.trim() };
}

/** Counts words as a reader meets them; a formula is one. */
export function countWords(inlines: readonly Inline[]): number {
  let words = 0;
  for (const inline of inlines) {
    switch (inline.kind) {
      case 'text':
        words += inline.text.split(/\s+/u).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
        break;
      case 'emphasis':
      case 'strong':
      case 'link':
        words += countWords(inline.children);
        break;
      default:
        words += 1;
    }
  }
  return words;
}
