import { writeParameter } from '../router.ts';
import {
  type Language,
  languageOf,
  languages,
  loadTongue,
  pseudoTag,
  setTongue,
  type Tongue,
  tongue,
} from './words.ts';

/** The language of the page: in the address (`?lang=de`), remembered, and at first the one the reader's browser asks for. */

const storageKey = 'chalkgrad:language';

/** The page's language, as `lang` names it. */
export function pageLanguage(): Language {
  return languageOf(tongue());
}

/** Speaks what the address says, else what was chosen earlier, else what the browser asks for. */
export async function recallLanguage(): Promise<void> {
  // Going back may lead to an address that was written in another language.
  window.addEventListener('popstate', () => void become(wanted()));
  await become(wanted());
}

/** Chooses a language: remembered where the browser lets us, and in the address, which links keep. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be forbidden or full: the choice then lasts as long as the address.
  }
  writeParameter('lang', language);
  await become(language);
}

/** Calls `listener` when the page speaks another language. Returns how to stop. */
export function onLanguage(listener: () => void): () => void {
  window.addEventListener('language-change', listener);
  return () => window.removeEventListener('language-change', listener);
}

async function become(next: Tongue): Promise<void> {
  try {
    await loadTongue(next);
  } catch {
    // Without its words the language stays what it is.
    return;
  }
  const changed = next !== tongue();
  setTongue(next);
  document.documentElement.lang = next === 'pseudo' ? pseudoTag : next;
  if (changed) window.dispatchEvent(new Event('language-change'));
}

function wanted(): Tongue {
  const named = new URLSearchParams(location.search).get('lang');
  if (named === pseudoTag) return 'pseudo';
  return known(named) ?? stored() ?? navigator.languages.map(known).find(each => each !== undefined) ?? 'en';
}

/** A language of ours: `de` also for `de-CH`. */
function known(tag: string | null): Language | undefined {
  const [language] = (tag ?? '').toLowerCase().split('-');
  return languages.find(({ id }) => id === language)?.id;
}

function stored(): Language | undefined {
  try {
    return known(localStorage.getItem(storageKey));
  } catch {
    return undefined;
  }
}
