/** How formulas stand on the page: drawn by KaTeX, or as the browser's own MathML, which screen readers walk through. */
export type MathView = 'drawn' | 'native';

/** How much of a formula is said where it is read aloud as a whole. */
export type Manner = 'short' | 'long';

/** What the reader chose. */
export interface MathChoice {
  readonly view: MathView;
  readonly manner: Manner;
}

const storageKey = 'chalkgrad:math';
const usual: MathChoice = { view: 'drawn', manner: 'short' };

let choice: MathChoice | undefined;

/** What was chosen, on this visit or an earlier one. */
export function currentMath(): MathChoice {
  choice ??= stored();
  return choice;
}

/** Changes a part of the choice, remembers it where the browser lets us, and tells every formula. */
export function chooseMath(part: Partial<MathChoice>): void {
  choice = { ...currentMath(), ...part };
  try {
    localStorage.setItem(storageKey, `${choice.view} ${choice.manner}`);
  } catch {
    // Storage may be forbidden or full: the choice then lasts as long as the page.
  }
  window.dispatchEvent(new Event('math-change'));
}

/** Calls `listener` when the choice changes. Returns how to stop. */
export function onMath(listener: () => void): () => void {
  window.addEventListener('math-change', listener);
  return () => window.removeEventListener('math-change', listener);
}

/** What stands in storage may be of another version or another page. */
function stored(): MathChoice {
  try {
    const [view, manner] = (localStorage.getItem(storageKey) ?? '').split(' ');
    return {
      view: view === 'native' ? 'native' : usual.view,
      manner: manner === 'long' ? 'long' : usual.manner,
    };
  } catch {
    return usual;
  }
}
