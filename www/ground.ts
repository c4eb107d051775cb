/** The two grounds of the page. */
export type Ground = 'paper' | 'board';

const storageKey = 'chalkgrad:ground';
const dark = '(prefers-color-scheme: dark)';

/** The ground on screen: the one the reader chose, else the one the system prefers. */
export function currentGround(): Ground {
  return chosen() ?? (matchMedia(dark).matches ? 'board' : 'paper');
}

/** Puts the page on the ground that was chosen on an earlier visit, if any. */
export function recallGround(): void {
  apply(chosen() ?? stored());
}

/** Chooses a ground and remembers it where the browser lets us. Tells pictures that paint their own pixels. */
export function chooseGround(ground: Ground): void {
  apply(ground);
  try {
    localStorage.setItem(storageKey, ground);
  } catch {
    // Storage may be forbidden or full: the choice then lasts as long as the page.
  }
  window.dispatchEvent(new Event('ground-change'));
}

/** Calls `listener` when the ground changes, by choice or by the system. Returns how to stop. */
export function onGround(listener: () => void): () => void {
  const media = matchMedia(dark);
  media.addEventListener('change', listener);
  window.addEventListener('ground-change', listener);
  return () => {
    media.removeEventListener('change', listener);
    window.removeEventListener('ground-change', listener);
  };
}

function apply(ground: Ground | undefined): void {
  if (ground) document.documentElement.dataset['ground'] = ground;
}

function chosen(): Ground | undefined {
  return asGround(document.documentElement.dataset['ground'] ?? null);
}

function stored(): Ground | undefined {
  try {
    return asGround(localStorage.getItem(storageKey));
  } catch {
    return undefined;
  }
}

/** What stands in storage may be of another version or another page. */
function asGround(text: string | null): Ground | undefined {
  return text === 'paper' || text === 'board' ? text : undefined;
}
