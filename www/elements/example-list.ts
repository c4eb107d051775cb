import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { engine } from '../engine/client.ts';
import type { Failed, Parsed } from '../engine/contract.ts';
import { type Example, examples } from '../views/examples.ts';
import { NameColours } from './name-colours.ts';
import { say, saying } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** The worked examples, typeset by the engine. Fires `example-pick` with the example. */
@customElement('example-list')
export class ExampleList extends Worded {
  /** How the engine reads each expression; the plain text stands there until it has answered. */
  @state() private readings: ReadonlyMap<Example, Parsed> = new Map();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.readings.size === 0) void this.read();
  }

  private async read(): Promise<void> {
    const readings = new Map<Example, Parsed>();
    for (const example of examples) {
      const { expr, wrt, shapes } = example;
      const answer = await engine.call<Parsed | Failed>({ op: 'parse', expr, wrt, vars: shapes ?? {} });
      if (answer.ok) readings.set(example, answer as Parsed);
    }
    this.readings = readings;
  }

  protected override render(): TemplateResult {
    return html`<section class="examples">
      <h2 class="side-title">${say('examples')}</h2>
      <ul class="example-list">
        ${examples.map(
          example => html`<li>
            <button type="button" class="example" @click=${() => this.pick(example)}>
              <span class="example-title">${say(example.title)}</span>
              ${this.formula(example)}
              <span class="example-by">${saying('exampleby', {
                wrt: html`<span class="example-wrt" data-from="reader">${example.wrt}</span>`,
              })}${example.order === 2 ? say('twice') : ''}${example.way === 'reverse' ? say('reversed') : ''}</span>
            </button>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private formula(example: Example): TemplateResult {
    const reading = this.readings.get(example);
    if (!reading) return html`<code class="example-formula">${example.expr}</code>`;
    const colours = new NameColours(reading.names.map(each => each.name));
    return html`<tex-math class="example-formula" .latex=${reading.latex} .colours=${colours}></tex-math>`;
  }

  private pick(example: Example): void {
    this.dispatchEvent(new CustomEvent('example-pick', { detail: example, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'example-list': ExampleList;
  }
}
