import { describe, expect, test } from 'vitest';

/**
 * Words written into templates. The browser test (tests/browser/words.spec.ts) looks at what is on screen; this one reads
 * the source, so that it also finds what is rarely to be seen.
 */

const sources = import.meta.glob<string>(['../**/*.ts', '!../**/*.test.ts', '!../**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Files whose words are still to be keyed. A file without any must not stand here. */
const waiting: readonly string[] = [];

/** Stands for `${…}` in what is left of a template. */
const hole = '\u0000';

/** The static text of every template in a source, holes taken out; templates inside of holes stand for themselves. */
function templatesOf(source: string): string[] {
  const found: string[] = [];
  /** Reads code from `at` to the brace that closes it; gives the place behind. */
  const readCode = (at: number, inHole: boolean): number => {
    let depth = 0;
    for (let place = at; place < source.length; place += 1) {
      const sign = source[place];
      if (source.startsWith('//', place)) place = endOf('\n', place);
      else if (source.startsWith('/*', place)) place = endOf('*/', place) + 1;
      else if (sign === "'" || sign === '"') place = endOfText(sign, place);
      else if (sign === '`') place = readTemplate(place + 1, /(?:html|svg)$/.test(source.slice(0, place))) - 1;
      else if (sign === '{') depth += 1;
      else if (sign === '}') {
        if (depth === 0 && inHole) return place + 1;
        depth -= 1;
      }
    }
    return source.length;
  };
  const readTemplate = (at: number, markup: boolean): number => {
    let text = '';
    let place = at;
    while (place < source.length && source[place] !== '`') {
      if (source.startsWith('${', place)) {
        place = readCode(place + 2, true);
        text += hole;
      } else if (source[place] === '\\') {
        place += 2;
      } else {
        text += source[place];
        place += 1;
      }
    }
    if (markup) found.push(text);
    return place + 1;
  };
  const endOf = (sign: string, at: number): number => {
    const end = source.indexOf(sign, at);
    return end < 0 ? source.length : end;
  };
  const endOfText = (quote: string, at: number): number => {
    let place = at + 1;
    while (place < source.length && source[place] !== quote) place += source[place] === '\\' ? 2 : 1;
    return place;
  };
  readCode(0, false);
  return found;
}

/** The words of a template that a reader would meet: text, and attributes that are read out or shown. */
function wordsIn(template: string): string[] {
  const isMarked = /translate="no"|data-from="(?!words)|<code/.test(template);
  const tags = template.match(/<[^>]*>/g) ?? [];
  const spoken = tags.flatMap(tag => [
    ...tag.matchAll(/\s(?:aria-label|aria-valuetext|title|placeholder|label|alt)="([^"]*)"/g),
  ]);
  const text = template.replace(/<code[^>]*>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '\n');
  const all = [...spoken.map(match => match[1] ?? ''), ...(isMarked ? [] : text.split('\n'))];
  return all.map(each => each.replaceAll(hole, '').trim()).filter(each => /\p{L}{2}/u.test(each));
}

/** Sentences in the code itself, but for what is thrown at programmers. */
function sentencesIn(source: string): string[] {
  return source
    .split('\n')
    .filter(line => !/^\s*(?:\/\/|\*|\/\*|import )|Error\(|fault\(|#wrong\(/.test(line))
    .flatMap(
      line =>
        line.match(/'[✓✗]?\s?\p{Lu}\p{Ll}*[,:]? [^']*'|'[^']*\p{Ll} [^']*[.?]'|'\p{Ll}+ \p{Ll}+ \p{Ll}+[^']*'/gu) ?? [],
    );
}

const files = Object.entries(sources)
  .map(([path, source]) => [path.replace('../', ''), source] as const)
  .filter(([path]) => !/^(?:words|engine\/wasm)\/|^\.\/|^lessons\/read-|^engine\/contract/.test(path));

const found = new Map(
  files.map(([path, source]) => [path, [...templatesOf(source).flatMap(wordsIn), ...sentencesIn(source)]] as const),
);

describe('words stand in www/words alone', () => {
  test.each([...found.keys()].filter(path => !waiting.includes(path)))('%s', path => {
    expect(found.get(path)).toEqual([]);
  });

  test('what waits has words', () => {
    expect(waiting.filter(path => (found.get(path) ?? []).length === 0)).toEqual([]);
  });

  test('a word in a template is found, wherever it stands', () => {
    const words = (source: string): string[] => templatesOf(source.replaceAll('@{', '${')).flatMap(wordsIn);
    expect(words('html`<p>@{say("a")}</p>`')).toEqual([]);
    expect(words('html`<p>Hello</p>`')).toEqual(['Hello']);
    expect(words('html`<p>@{open ? html`<b>More</b>` : nothing} @{"text"}</p>`')).toEqual(['More']);
    expect(words('html`<p aria-label="All of @{name}"></p>`')).toEqual(['All of']);
    expect(words('html`<code>relu</code> @{x} × @{y}`')).toEqual([]);
    expect(sentencesIn("const words = 'Pick a node.';")).toHaveLength(1);
    expect(sentencesIn("element.className = 'button button-main';")).toHaveLength(0);
  });
});
