/** A widget at work in its shadow root. */
export interface Mounted {
  /** An attribute of the element changed. */
  attributeChanged(name: string): void;
  /** The widget speaks another language from now on. */
  languageChanged(): void;
  /** The element left the page: free what is held. */
  removed(): void;
}

/** Where a widget puts what it shows. */
export interface Place {
  /** The element on the host's page. */
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Does something in the widget's language. */
  speaking<Result>(work: () => Result): Result;
  /** Takes the fallback's place on the page. To be called when there is something to show. */
  show(content: Element): void;
  /** Brings the fallback back, with a sentence below it. */
  giveUp(sentence: string, from?: 'engine'): void;
}

/** Starts a widget. Rejects when it cannot work here; the fallback then stays. */
export type Mount = (place: Place) => Promise<Mounted>;
