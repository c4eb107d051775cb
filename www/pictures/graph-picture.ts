import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../elements/computation-graph.ts';
import type { NodePick } from '../elements/computation-graph.ts';
import { checkLine, stepArticle } from '../elements/step-article.ts';
import type { Numbers, StepNode } from '../engine/contract.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { GraphPicture } from '../lessons/pictures/graph.ts';
import { contributions, graphAt, type GraphView, ratesAlong, single } from './paths.ts';
import { Picture } from './picture.ts';
import { joined } from './terms.ts';
import { say } from '../words/pictures.ts';

/** What the engine said about one place of the slider. */
interface Position {
  readonly view: GraphView;
  readonly at: ReadonlyMap<string, Numbers>;
  /** The rates along each path, and their products. */
  readonly rates: readonly (readonly number[])[];
  readonly products: readonly number[];
}

/** The computation graph of Explore with a slider for its input: values forward, derivatives backward, paths to light up. */
@customElement('graph-picture')
export class GraphPictureElement extends Picture {
  @property({ attribute: false }) block!: GraphPicture;

  @state() private x = 0;
  @state() private position: Position | undefined;
  /** The id of the step that belongs to the picked node. */
  @state() private picked = '';
  @state() private open: ReadonlySet<string> = new Set();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.x = this.block.at;
    this.picked = '';
    void this.fetchPosition();
  }

  /** The graph names its steps in the language of the page. */
  protected override languageChanged(): void {
    void this.fetchPosition();
  }

  private async fetchPosition(): Promise<void> {
    const { expr, wrt } = this.block;
    const at = new Map([[wrt, this.x]]);
    const view = await graphAt(`${this.own} graph`, { expr, wrt, vars: this.context.vars, at });
    if (view === undefined) return;
    const products = await contributions(`${this.own} paths`, view.graph, 1);
    if (products === undefined) return;
    const position = { view, at, rates: ratesAlong(view.graph), products: products.paths };
    this.position = position;
    this.state(() => this.findingOf(position));
  }

  private findingOf({ view, at, rates, products }: Position): string {
    const { wrt } = this.block;
    const holes = { point: `${wrt} = ${showNumber(at.get(wrt) as number)}` };
    const derivative = showNumber(single(view.graph.nodes[0]?.adjoint?.value));
    const [only] = rates;
    // The result's rate first, as the derivation writes its product.
    const along = rates.length === 1 && only ? joined([...only].reverse(), '·') : undefined;
    return along === undefined
      ? say('severalpaths', { ...holes, products: joined(products, '+'), derivative })
      : say('onepath', { ...holes, rates: along, derivative });
  }

  protected override render(): TemplateResult {
    return html`${this.frame(html`<div class="picture-controls graph-picture-controls">${this.control()}</div>${this.drawing()}`, nothing)}
      ${this.step(this.position?.view.steps ?? [])}`;
  }

  /** Above the graph: what it moves stands right below it. */
  private control(): TemplateResult {
    const { wrt, range } = this.block;
    return this.slider({
      name: wrt,
      value: this.x,
      from: range.from,
      to: range.to,
      step: 0.05,
      set: value => {
        this.x = value;
        void this.fetchPosition();
      },
    });
  }

  private drawing(): TemplateResult {
    const position = this.position;
    if (!position) return html`<div class="graph-picture-wait"></div>`;
    const { view, at } = position;
    return html`<computation-graph
        plain
        of=${this.block.expr}
        .graph=${view.graph}
        .at=${at}
        .colours=${this.context.colours}
        @node-pick=${(event: NodePick) => {
          this.picked = event.detail.step;
        }}
      ></computation-graph>`;
  }

  private step(steps: readonly StepNode[]): TemplateResult | typeof nothing {
    const step = findStep(steps, this.picked);
    if (!step) return nothing;
    const context = {
      colours: this.context.colours,
      unfolded: false,
      isOpen: (id: string) => this.open.has(id),
      toggle: (id: string) => this.toggle(id),
    };
    return html`<article class="step graph-picture-step" data-here>
      ${stepArticle(step, context)} ${checkLine(step.check)}
    </article>`;
  }

  private toggle(id: string): void {
    const open = new Set(this.open);
    if (!open.delete(id)) open.add(id);
    this.open = open;
  }
}

function findStep(steps: readonly StepNode[], id: string): StepNode | undefined {
  for (const step of steps) {
    const found = step.id === id ? step : findStep(step.sub, id);
    if (found) return found;
  }
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'graph-picture': GraphPictureElement;
  }
}
