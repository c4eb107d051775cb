/**
 * KaTeX breaks a long line behind its equals signs; in print the sign begins the new line. This puts the break before
 * each equals sign that stands outside of all braces, delimiters and environments. Nothing else is touched.
 */
export function breakBeforeEquals(latex: string): string {
  let depth = 0;
  let out = '';
  let copied = 0;
  let place = 0;
  while (place < latex.length) {
    const command = latex[place] === '\\' ? commandAt(latex, place) : undefined;
    depth += depthChange(command ?? latex[place] ?? '');
    if (command === undefined && latex[place] === '=' && depth === 0 && place > 0) {
      out += `${latex.slice(copied, place)}\\allowbreak =\\nobreak `;
      copied = place + 1;
    }
    place += command?.length ?? 1;
  }
  return out + latex.slice(copied);
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
