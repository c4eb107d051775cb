import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Parsed } from '../engine/contract.ts';
import { engine } from '../engine/client.ts';
import { NameColours } from './name-colours.ts';
import { expressions, neuronNames } from './neuron-model.ts';
import { say, saying } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** One sample `x` has the colour of all of them, `X`. */
const outputColours = new NameColours(['w', 'x', 'b']);
const lossColours = new NameColours(neuronNames);

/** What is trained here, in formulas as the engine typesets them, and where its derivative is worked out. */
@customElement('neuron-title')
export class NeuronTitle extends Worded {
  @state() private output = '';
  @state() private loss = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.typeset();
  }

  protected override languageChanged(): void {
    void this.typeset();
  }

  protected override render(): TemplateResult {
    return html`<div class="neuron-title">
      <h1>${say('title')}</h1>
      ${this.output === '' ? nothing : html`<tex-math .latex=${this.output} .colours=${outputColours}></tex-math>`}
      ${
        this.loss === ''
          ? nothing
          : html`<span>${saying('learns', {
              loss: html`<tex-math .latex=${this.loss} .colours=${lossColours}></tex-math>`,
            })}</span>`
      }
      <a href=${exploreAddress}>${say('derived')}</a>
    </div>`;
  }

  private async typeset(): Promise<void> {
    const [output, loss] = await Promise.all([typesetBy('relu(w·x + b)'), typesetBy(expressions.loss)]);
    this.output = output;
    this.loss = loss;
  }
}

const exploreAddress = `#/explore?${new URLSearchParams({ expr: expressions.loss, wrt: 'w' })}`;

/** The engine's LaTeX for an expression; nothing where it has none to give. */
async function typesetBy(expr: string): Promise<string> {
  const parsed = await engine.call<Parsed | { ok: false }>({ op: 'parse', expr });
  return parsed.ok && 'latex' in parsed ? parsed.latex : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-title': NeuronTitle;
  }
}
