import type { Place } from './lesson-error.ts';

/**
 * A JSON object read field by field. Each field is taken once, with its type checked; `finish` complains about what was
 * never taken, so that a misspelt field is an error and not a silence.
 */
export class JsonFields {
  readonly #fields: Map<string, unknown>;
  readonly #place: Place;
  readonly #what: string;

  constructor(value: unknown, place: Place, what: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw place.fault(`${what} must be a JSON object`);
    }
    this.#fields = new Map(Object.entries(value));
    this.#place = place;
    this.#what = what;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  text(name: string): string {
    const value = this.#take(name);
    if (typeof value !== 'string' || value.trim() === '') throw this.#wrong(name, 'a text that is not empty');
    return value;
  }

  number(name: string): number {
    const value = this.#take(name);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#wrong(name, 'a number');
    return value;
  }

  flag(name: string): boolean {
    const value = this.#take(name);
    if (typeof value !== 'boolean') throw this.#wrong(name, 'true or false');
    return value;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#take(name);
    const found = choices.find(choice => choice === value);
    if (found === undefined) throw this.#wrong(name, `one of ${choices.join(', ')}`);
    return found;
  }

  texts(name: string): string[] {
    return this.list(name).map(value => {
      if (typeof value !== 'string' || value.trim() === '') throw this.#wrong(name, 'a list of texts');
      return value;
    });
  }

  textOrTexts(name: string): string | string[] {
    return Array.isArray(this.#fields.get(name)) ? this.texts(name) : this.text(name);
  }

  list(name: string): unknown[] {
    const value = this.#take(name);
    if (!Array.isArray(value) || value.length === 0) throw this.#wrong(name, 'a list that is not empty');
    return value;
  }

  /** An object inside this one, as pairs: names such as `constructor` are legal variables, so no bare object. */
  pairs(name: string): [string, unknown][] {
    const value = this.#take(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#wrong(name, 'an object');
    return Object.entries(value);
  }

  /** Reads a field only where it is there. */
  optional<T>(name: string, read: (name: string) => T): T | undefined {
    return this.has(name) ? read(name) : undefined;
  }

  finish(): void {
    const [left] = this.#fields.keys();
    if (left !== undefined) throw this.#place.fault(`${this.#what} has no field "${left}"`);
  }

  #take(name: string): unknown {
    if (!this.#fields.has(name)) throw this.#place.fault(`${this.#what} lacks the field "${name}"`);
    const value = this.#fields.get(name);
    this.#fields.delete(name);
    return value;
  }

  #wrong(name: string, wanted: string): Error {
    return this.#place.fault(`${this.#what}: "${name}" must be ${wanted}`);
  }
}
