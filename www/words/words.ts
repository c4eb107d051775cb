/** The languages of the page. */
export type Language = 'en' | 'de';

/** The languages in the order in which they are offered, each by its own name. */
export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
];

/** What can be spoken: a language, or for tests English in brackets, so that a word outside of them is found. */
export type Tongue = Language | 'pseudo';

/** How the address or a widget asks for the brackets: a tag for private use. Nobody is offered it. */
export const pseudoTag = 'x-pseudo';

/** A text with a form for one and a form for many; `count` decides, by the language's own rule. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** The texts of an area by key. A text may have holes: `Step {place} of {count}`. */
export type Catalogue = Readonly<Record<string, string | Plural>>;

/** An area in another language: every key of the English one, and no other. */
export type Translation<English extends Catalogue> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

type HolesIn<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | HolesIn<Rest> : never;
type HolesOf<Text> = Text extends string
  ? HolesIn<Text>
  : Text extends Plural
    ? 'count' | HolesIn<Text['one']> | HolesIn<Text['other']>
    : never;
/** What fills the holes; nothing is asked for where there are none. */
type Filling<Text, Value> = [HolesOf<Text>] extends [never] ? [] : [Readonly<Record<HolesOf<Text>, Value>>];

/** The words of an area. */
export interface Words<English extends Catalogue> {
  /** A text in the language spoken just now, its holes filled. */
  say<Key extends keyof English & string>(key: Key, ...holes: Filling<English[Key], string | number>): string;
  /** The same in pieces, for a template: a hole may hold a formula, a link or a button. */
  saying<Key extends keyof English & string>(key: Key, ...holes: Filling<English[Key], unknown>): readonly unknown[];
}

/** What was loaded, by language and area. English stands in the code that speaks it. */
const loaded = new Map<Tongue, ReadonlyMap<string, Catalogue>>();

/** What the page speaks, and what is spoken just now: a widget may speak another language than its page. */
let page: Tongue = 'en';
let inside: Tongue | undefined;

const rules = new Map<Tongue, Intl.PluralRules>();

/** The language spoken just now. */
export function tongue(): Tongue {
  return inside ?? page;
}

/** Gives the page another language. Its words must have been loaded. */
export function setTongue(next: Tongue): void {
  page = next;
}

/** Does something in another language. */
export function speaking<Result>(other: Tongue, work: () => Result): Result {
  const before = inside;
  inside = other;
  try {
    return work();
  } finally {
    inside = before;
  }
}

/** The language in which the engine answers whoever speaks so. */
export function languageOf(spoken: Tongue): Language {
  return spoken === 'pseudo' ? 'en' : spoken;
}

/** Fetches a language, once; English is always there. */
export async function loadTongue(wanted: Tongue): Promise<void> {
  if (wanted !== 'de' || loaded.has('de')) return;
  const { german } = await import('./de/index.ts');
  loaded.set('de', new Map(Object.entries(german)));
}

/** The words of an area, with its English texts. */
export function area<const English extends Catalogue>(name: string, english: English): Words<English> {
  const textOf = (key: string, holes: Readonly<Record<string, unknown>>): string => {
    const text = loaded.get(tongue())?.get(name)?.[key] ?? english[key] ?? key;
    return typeof text === 'string' ? text : text[formOf(Number(holes['count']))];
  };
  const pieces = (key: string, holes: Readonly<Record<string, unknown>>): readonly unknown[] =>
    textOf(key, holes)
      .split(/\{([a-z]+)\}/)
      .map((piece, place) => (place % 2 === 0 ? piece : holes[piece]));
  return {
    say: (key, ...[holes]) => marked(pieces(key, holes ?? {}).join('')),
    saying: (key, ...[holes]) =>
      pieces(key, holes ?? {}).map((piece, place) => (place % 2 === 0 ? marked(piece) : piece)),
  };
}

/** A text that belongs to no language: in the tests' language it has brackets around it. */
function marked<Text>(text: Text): Text | string {
  return tongue() === 'pseudo' && text !== '' ? `⟦${String(text)}⟧` : text;
}

function formOf(count: number): keyof Plural {
  const spoken = tongue();
  const rule = rules.get(spoken) ?? new Intl.PluralRules(languageOf(spoken));
  rules.set(spoken, rule);
  return rule.select(count) === 'one' ? 'one' : 'other';
}
