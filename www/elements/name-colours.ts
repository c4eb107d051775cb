/**
 * The places of the paper's usual names, so that a weight, an input and a bias look the same on every page. Where two
 * names of one place meet in a formula, the first has it and the other is dealt to like any other name.
 */
const usualPlaces: ReadonlyMap<string, number> = new Map([
  ['w', 0],
  ['W', 0],
  ['x', 1],
  ['X', 1],
  ['b', 2],
  ['y', 3],
  ['z', 3],
]);

/**
 * Which colour a name has. The usual names have colours of their own; the others are dealt what is left of the four in
 * order of first appearance, and further names repeat the colours with a second mark. Colours are CSS classes
 * (`www/styles/names.css`), so that no inline style is needed.
 */
export class NameColours {
  private readonly places = new Map<string, number>();

  /** `names` in order of first appearance; repeated ones count once. */
  constructor(names: Iterable<string> = []) {
    const distinct = [...new Set(names)];
    const taken = new Set<number>();
    const give = (name: string, place: number): void => {
      this.places.set(name, place);
      taken.add(place);
    };
    for (const name of distinct) {
      const usual = usualPlaces.get(name);
      if (usual !== undefined && !taken.has(usual)) give(name, usual);
    }
    let free = 0;
    for (const name of distinct) {
      if (this.places.has(name)) continue;
      while (taken.has(free)) free += 1;
      give(name, free);
    }
  }

  /** The classes of a name: `name-c0` to `name-c3`, beyond four with `name-m1` to `name-m3`; none for a stranger. */
  classesOf(name: string): readonly string[] {
    const place = this.places.get(name);
    if (place === undefined) return [];
    const mark = Math.min(Math.floor(place / 4), 3);
    return mark === 0 ? [`name-c${place % 4}`] : [`name-c${place % 4}`, `name-m${mark}`];
  }

  /** The same as one attribute value. */
  classOf(name: string): string {
    return this.classesOf(name).join(' ');
  }

  /** The custom property that holds a name's colour, `--name-0`, for pictures; ink for a stranger. */
  variableOf(name: string): string {
    const place = this.places.get(name);
    return place === undefined ? '--ink' : `--name-${place % 4}`;
  }

  /** Whether both deal the same colours to the same names. */
  equals(other: NameColours): boolean {
    if (this.places.size !== other.places.size) return false;
    return [...this.places].every(([name, place]) => other.places.get(name) === place);
  }
}

/** Colours for a place without names. */
export const noColours = new NameColours();

const allClasses = ['name-c0', 'name-c1', 'name-c2', 'name-c3', 'name-m1', 'name-m2', 'name-m3'];

/** Colours every element below `root` that carries `data-name`, as typeset formulas do. */
export function paintNames(root: Element, colours: NameColours): void {
  for (const element of root.querySelectorAll('[data-name]')) {
    element.classList.remove(...allClasses);
    element.classList.add(...colours.classesOf(element.getAttribute('data-name') ?? ''));
  }
}

/**
 * Lights up every appearance of the name under the pointer, within `root`. Returns how to stop.
 * Formula, chip and prose then point at each other without a legend.
 */
export function lightNames(root: Element): () => void {
  let lit: string | undefined;
  const light = (name: string | undefined): void => {
    if (name === lit) return;
    lit = name;
    for (const element of root.querySelectorAll('[data-name]')) {
      element.classList.toggle('name-lit', name !== undefined && element.getAttribute('data-name') === name);
    }
  };
  const over = (event: Event): void => {
    const named = event.target instanceof Element ? event.target.closest('[data-name]') : null;
    light(named?.getAttribute('data-name') ?? undefined);
  };
  const leave = (): void => light(undefined);
  root.addEventListener('pointerover', over);
  root.addEventListener('pointerleave', leave);
  return () => {
    root.removeEventListener('pointerover', over);
    root.removeEventListener('pointerleave', leave);
  };
}
