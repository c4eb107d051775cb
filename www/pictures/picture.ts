import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LessonContext } from '../lessons/context.ts';
import { showNumber } from '../lessons/numbers.ts';
import { say } from '../words/pictures.ts';
import { Worded } from '../words/worded.ts';

/** How long a slider must rest before the finding is read out: while it moves, its value is. */
const restMilliseconds = 600;

let pictureCount = 0;

const silence = (): string => '';

/** What a slider needs. */
export interface SliderSpec {
  readonly name: string;
  /** How the name is written; the name itself where nothing else is said. */
  readonly label?: string;
  /** Written behind the value, as the sign for degrees. */
  readonly unit?: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly set: (value: number) => void;
}

/**
 * What the pictures of the lessons share: sliders, the sentence that states the finding, and a table with the same
 * numbers for who would rather read. No picture computes: it draws what the engine answers.
 */
export abstract class Picture extends Worded {
  @property({ attribute: false }) context!: LessonContext;

  /** What the picture shows just now, in one sentence of plain text. */
  @state() protected finding: () => string = silence;
  /** The same with its formulas typeset, where it has any. */
  @state() private shownFinding: (() => readonly unknown[]) | undefined;
  /** The finding as it is read out. */
  @state() private spoken: () => string = silence;

  /** Makes ids and channels of this picture its own: a lesson may have two of a kind. */
  protected readonly own = `picture-${++pictureCount}`;
  /** On a phone a drawing is given other proportions, so that its writing stays legible. */
  @state() protected narrow = false;
  private readonly phone = window.matchMedia('(max-width: 45rem)');
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** The reader did something to the picture: from then on it may speak. */
  protected moved = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.proportion();
    this.phone.addEventListener('change', this.proportion);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.phone.removeEventListener('change', this.proportion);
    clearTimeout(this.rest);
  }

  private readonly proportion = (): void => {
    this.narrow = this.phone.matches;
  };

  /** Says what is to be seen now; aloud only once the reader has moved something. */
  protected state(finding: () => string, shown?: () => readonly unknown[]): void {
    this.finding = finding;
    this.shownFinding = shown;
    clearTimeout(this.rest);
    if (!this.moved) return;
    this.rest = setTimeout(() => {
      this.spoken = finding;
    }, restMilliseconds);
  }

  /** The frame every picture stands in; without controls or a table only where the drawing brings its own. */
  protected frame(
    drawing: TemplateResult,
    controls: TemplateResult | typeof nothing,
    table?: TemplateResult,
  ): TemplateResult {
    return html`<figure class="picture">
      ${drawing}
      ${controls === nothing ? nothing : html`<div class="picture-controls">${controls}</div>`}
      <figcaption class="picture-finding">${this.shownFinding?.() ?? this.finding()}</figcaption>
      <p class="visually-hidden" role="status">${this.spoken()}</p>
      ${table ? html`<details class="picture-table"><summary>${say('table')}</summary>${table}</details>` : nothing}
    </figure>`;
  }

  /** A slider with its name in its colour and its value beside it. */
  protected slider(spec: SliderSpec): TemplateResult {
    const label = spec.label ?? spec.name;
    const value = `${showNumber(spec.value)}${spec.unit ?? ''}`;
    return html`<label class="picture-slider" data-from="reader">
      <span class="picture-slider-name ${this.context.colours.classOf(spec.name)}" data-name=${spec.name}>${label}</span>
      <input
        type="range"
        min=${spec.from}
        max=${spec.to}
        step=${spec.step}
        .value=${String(spec.value)}
        aria-label=${label}
        aria-valuetext="${label} = ${value}"
        @input=${(event: Event) => {
          this.moved = true;
          if (event.target instanceof HTMLInputElement) spec.set(event.target.valueAsNumber);
        }}
      />
      <output class="picture-slider-value">${value}</output>
    </label>`;
  }
}
