/**
 * Where a long formula may break into lines. KaTeX breaks behind every operator it finds, also inside of brackets;
 * in print a line ends before an equals sign, or behind the comma that separates a formula from what explains it.
 *
 * Pieces between these places are put into braces, which KaTeX does not break. Equals signs in an explanation
 * (`…,\quad h = …`) are no place to break, nor is anything inside braces, delimiters or environments.
 */
export function groupLines(latex: string): string {
  return join(latex, piece => `{${piece}}`);
}

/** The same breaks, and those of KaTeX besides: for lines that are too long even so. */
export function loosenLines(latex: string): string {
  return join(latex, piece => piece);
}

function join(latex: string, keep: (piece: string) => string): string {
  let out = '';
  let start = 0;
  for (const { place, length, sign } of findCuts(latex)) {
    out += keep(latex.slice(start, place).trim()) + sign;
    start = place + length;
  }
  return out + keep(latex.slice(start).trim());
}

interface Cut {
  readonly place: number;
  readonly length: number;
  /** What stands at the break instead. */
  readonly sign: string;
}

const separator = ',\\quad';

function findCuts(latex: string): readonly Cut[] {
  const cuts: Cut[] = [];
  let depth = 0;
  let explaining = false;
  let place = 0;
  while (place < latex.length) {
    const command = latex[place] === '\\' ? commandAt(latex, place) : undefined;
    depth += depthChange(command ?? latex[place] ?? '');
    if (depth === 0 && latex.startsWith(separator, place)) {
      cuts.push({ place, length: separator.length, sign: ',\\quad\\allowbreak ' });
      explaining = true;
      place += separator.length;
      continue;
    }
    if (depth === 0 && !explaining && command === undefined && latex[place] === '=' && place > 0) {
      cuts.push({ place, length: 1, sign: '\\allowbreak =\\nobreak ' });
    }
    place += command?.length ?? 1;
  }
  return cuts;
}

/** The command that starts at a backslash: a word, or one character. */
function commandAt(latex: string, start: number): string {
  let end = start + 1;
  while (/[A-Za-z]/.test(latex[end] ?? '')) end++;
  return latex.slice(start, Math.max(end, start + 2));
}

function depthChange(token: string): number {
  switch (token) {
    case '{':
    case '\\begin':
    case '\\left':
      return 1;
    case '}':
    case '\\end':
    case '\\right':
      return -1;
    default:
      return 0;
  }
}
