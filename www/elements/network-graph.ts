import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import type { BuiltNetwork } from '../engine/client.ts';
import type { Nested } from '../engine/fast-trainer.ts';
import type { WeightPlace } from './network-lab.ts';
import { type Edge, layOutNetwork, shapeOf, type Unit, type Weight } from './network-layout.ts';
import { entryName } from './network-words.ts';
import { Worded } from '../words/worded.ts';

/**
 * The network: a line for each weight, as thick as the weight is large, dashed where it is negative; a circle for each unit, with its
 * bias behind it. A click on either sends `weight-choose`; the table of weights does the same by keyboard.
 */
@customElement('network-graph')
export class NetworkGraph extends Worded {
  @property({ attribute: false }) built: BuiltNetwork | undefined;
  @property({ attribute: false }) params: Readonly<Record<string, Nested>> = {};
  @property({ attribute: false }) chosen: WeightPlace | undefined;
  /** What the picture shows, in words. */
  @property() finding = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.built) return nothing;
    const { width, height, units, edges, largest } = layOutNetwork(this.built, this.params);
    return html`<svg
      viewBox=${`0 0 ${width} ${height}`}
      role="img"
      aria-label=${this.finding}
    >
      ${edges.map(edge => this.edge(edge, largest))} ${units.map(unit => this.unit(unit))}
    </svg>`;
  }

  private edge(edge: Edge, largest: number): SVGTemplateResult {
    const { from, to, value } = edge;
    // A curve that leaves and arrives level keeps the lines of a wide layer apart at its units.
    const middle = (from.x + to.x) / 2;
    const path = `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
    const thickness = largest > 0 ? 0.75 + (5 * Math.abs(value)) / largest : 0.75;
    const classes = `network-edge ${value < 0 ? 'network-negative' : 'network-positive'}`;
    return svg`<g
      class=${this.isChosen(edge) ? `${classes} network-chosen` : classes}
      @click=${() => this.choose(edge)}
    >
      <title data-from="engine">${this.nameOf(edge)} = ${plainNumber(value)}</title>
      <path class="network-hit" d=${path}></path>
      <path class="network-line" d=${path} stroke-width=${thickness.toFixed(2)}></path>
    </g>`;
  }

  private unit({ x, y, label, bias }: Unit): SVGTemplateResult {
    const chosen = bias !== undefined && this.isChosen(bias);
    return svg`<g
      class=${`network-unit${bias ? ' network-biased' : ''}${chosen ? ' network-chosen' : ''}`}
      @click=${() => bias && this.choose(bias)}
    >
      ${bias ? svg`<title data-from="engine">${this.nameOf(bias)} = ${plainNumber(bias.value)}</title>` : nothing}
      <circle cx=${x} cy=${y} r="13"></circle>
      <text x=${x} y=${y} dy="0.35em" text-anchor="middle" data-from="engine">${label}</text>
    </g>`;
  }

  private nameOf({ name, entry }: Weight): string {
    return entryName(name, entry, shapeOf(this.params[name]));
  }

  private isChosen(weight: Weight): boolean {
    return this.chosen?.name === weight.name && this.chosen.entry === weight.entry;
  }

  private choose({ name, entry }: Weight): void {
    this.dispatchEvent(new CustomEvent<WeightPlace>('weight-choose', { detail: { name, entry }, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-graph': NetworkGraph;
  }
}
