import { nothing, render, type TemplateResult } from 'lit';
import type { Failure } from '../engine/client.ts';
import { type ExploreState, readState } from '../state.ts';
import { adoptStyles } from './styles.ts';
import type { Mounted, Place } from './widget.ts';

/** An answer, or why there is none. */
export type Reply<Success> = (Success & { ok: true }) | { ok: false; error: Failure };

/** Longer attributes are cut before they are looked at. */
const longestAttribute = 4096;

/** What the engine is asked for, as the attributes say it. */
const described = ['wrt', 'layout', 'shapes', 'assume', 'order', 'way', 'sizes'] as const;

/** A question in the engine's terms: what is not said is left out. */
interface Question {
  readonly expr: string;
  readonly wrt: string;
  readonly layout: ExploreState['layout'];
  readonly vars?: ExploreState['shapes'];
  readonly assume?: ExploreState['assume'];
  readonly order?: number;
  readonly way?: string;
  readonly sizes?: ExploreState['sizes'];
}

let widgets = 0;

/** A widget around a question to the engine: it asks, shows what was answered, and asks again when an attribute changes. */
export abstract class QuestionWidget implements Mounted {
  protected readonly box = document.createElement('div');
  /** On this channel the newest question wins. */
  protected readonly channel = `widget-${++widgets}`;

  constructor(
    protected readonly place: Place,
    ...css: string[]
  ) {
    this.box.className = 'widget';
    adoptStyles(place.host, place.root, ...css);
  }

  /** Asks the engine what the attributes describe, and shows it; `again` is the same in another language. */
  abstract ask(again?: 'again'): Promise<void>;

  /** What is shown; nothing before the first answer. */
  protected abstract content(): TemplateResult | typeof nothing;

  attributeChanged(name: string): void {
    if (name !== 'theme') void this.ask();
  }

  /** The engine says it again; what is shown stays until then. */
  languageChanged(): void {
    this.draw();
    void this.ask('again');
  }

  removed(): void {
    render(nothing, this.box);
  }

  /** What is asked. Attributes are written as in the address of Explore. */
  protected question(): Question {
    const params = new URLSearchParams();
    for (const name of described) params.set(name, this.attribute(name));
    const { layout, shapes, assume, order, way, sizes } = readState(params);
    return {
      expr: this.attribute('expr'),
      wrt: this.attribute('wrt'),
      layout,
      ...(shapes.size > 0 ? { vars: shapes } : {}),
      ...(assume.size > 0 ? { assume } : {}),
      ...(order > 1 ? { order } : {}),
      ...(way === '' ? {} : { way }),
      ...(sizes.size > 0 ? { sizes } : {}),
    };
  }

  protected attribute(name: string): string {
    return (this.place.host.getAttribute(name) ?? '').slice(0, longestAttribute);
  }

  protected show(): void {
    this.draw();
    this.place.show(this.box);
  }

  protected draw(): void {
    this.place.speaking(() => render(this.content(), this.box));
  }

  /** Tells the host's page, in the host's own terms, instead of what an element inside fired. */
  protected tell(type: string, detail: object, instead?: Event): void {
    instead?.stopPropagation();
    this.place.host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}
