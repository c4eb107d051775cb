import { html, nothing, type TemplateResult } from 'lit';
import type { NodePick } from '../elements/computation-graph.ts';
import { NameColours } from '../elements/name-colours.ts';
import { checkLine, stepArticle } from '../elements/step-article.ts';
import type { Answer, Entries, Failed, Graph, Numbers, StepNode, View } from '../engine/contract.ts';
import graphCss from '../styles/graph.css?inline';
import stepsCss from '../styles/steps.css?inline';
import { dealNumbers } from '../views/deal-numbers.ts';
import { graphWay, numberedGraph } from '../views/numbered-graph.ts';
import { engineFor } from './engine.ts';
import { QuestionWidget, type Reply } from './question-widget.ts';
import { resultLine } from './result-line.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import '../elements/computation-graph.ts';

/** `<chalk-graph expr="sin(x + x^2)" wrt="x" at='{"x": 2}'>`: the computation graph of an expression. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new GraphWidget(place);
  await widget.ask();
  return widget;
}

/** What is on screen. */
interface Shown {
  readonly view: View;
  readonly graph: Graph;
  readonly at: ReadonlyMap<string, Numbers>;
  readonly colours: NameColours;
}

class GraphWidget extends QuestionWidget {
  private shown: Shown | undefined;
  private picked: StepNode | undefined;
  private readonly open = new Set<string>();
  /** Counts questions: what comes late is not shown. */
  private turn = 0;

  constructor(place: Place) {
    super(place, stepsCss, graphCss);
    this.box.addEventListener('node-pick', event => this.pick(event as NodePick));
  }

  async ask(again?: 'again'): Promise<void> {
    const turn = ++this.turn;
    const at = this.attribute('at').trim();
    const point = at === '' ? undefined : readPoint(at);
    const shown =
      at === '' || point
        ? await this.fetch(point)
        : this.place.speaking(() => say('badpoint', { example: '{"x": 2, "w": [1, 2]}' }));
    if (turn !== this.turn) return;
    if (typeof shown === 'string') {
      this.place.giveUp(shown);
      return;
    }
    this.shown = shown;
    this.picked = again && this.picked && findStep(shown.view.steps, this.picked.id);
    if (!again) this.open.clear();
    this.show();
  }

  protected content(): TemplateResult | typeof nothing {
    const { shown, picked } = this;
    if (!shown) return nothing;
    const { view, graph, at, colours } = shown;
    return html`
      <computation-graph plain .graph=${graph} .at=${at} .colours=${colours}></computation-graph>
      ${
        picked
          ? html`<article class="step widget-step" data-here>
              ${stepArticle(picked, {
                colours,
                unfolded: false,
                isOpen: id => this.open.has(id),
                toggle: id => this.toggle(id),
              })}
              ${checkLine(picked.check)}
            </article>`
          : nothing
      }
      ${resultLine(view, colours)}
    `;
  }

  /** The derivation, its graph and the graph's numbers; or the sentence that says why there are none. */
  private async fetch(point: ReadonlyMap<string, Numbers> | undefined): Promise<Shown | string> {
    const question = { detail: 'page', ...this.question() };
    const given = point ? { at: point } : {};
    let answer = await this.derive({ ...question, ...given });
    // The numbers fit the variables as the derivation understands them, whichever way it goes.
    const way = answer.ok && answer.view ? graphWay(answer.view) : undefined;
    if (answer.ok && !answer.view?.graph && way !== undefined) {
      answer = await this.derive({ ...question, ...given, way });
    }
    if (!answer.ok) return answer.error.message;
    const { view, vars } = answer;
    if (!view?.graph) return this.place.speaking(() => say('nograph'));
    const colours = new NameColours(view.names.map(each => each.name));
    if (point) return { view, graph: view.graph, at: point, colours };
    const sizes = await this.sizes();
    const deal = (positive: boolean) =>
      sizes &&
      dealNumbers({
        vars: new Map(Object.entries(vars)),
        sizes,
        assume: this.question().assume ?? new Map(),
        positive,
      });
    const numbered = await numberedGraph(deal, at => engineFor(this.place).call({ ...question, at, way: view.way }));
    return { view, graph: numbered?.graph ?? view.graph, at: numbered?.at ?? new Map(), colours };
  }

  private derive(request: object): Promise<Reply<Answer>> {
    return engineFor(this.place).call<Reply<Answer>>({ op: 'derive', ...request });
  }

  /** The sizes at which the entries would be shown. */
  private async sizes(): Promise<ReadonlyMap<string, number> | undefined> {
    const { way, ...question } = this.question();
    const request = { op: 'entries', ...question };
    const entries = await engineFor(this.place).call<Entries | Failed>(request);
    return 'sizes' in entries ? new Map(Object.entries(entries.sizes)) : undefined;
  }

  private pick(event: NodePick): void {
    const { step } = event.detail;
    this.picked = findStep(this.shown?.view.steps ?? [], step);
    this.draw();
    this.tell('node-pick', { step, rule: this.picked?.rule ?? '' }, event);
  }

  private toggle(id: string): void {
    if (!this.open.delete(id)) this.open.add(id);
    this.draw();
  }
}

/** Numbers by name, as the contract writes them; `undefined` where they cannot be read. Whether they fit, the engine says. */
function readPoint(text: string): ReadonlyMap<string, Numbers> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    const named = typeof read === 'object' && read !== null && !Array.isArray(read);
    return named ? new Map(Object.entries(read)) : undefined;
  } catch {
    return undefined;
  }
}

function findStep(steps: readonly StepNode[], id: string): StepNode | undefined {
  for (const step of steps) {
    const found = step.id === id ? step : findStep(step.sub, id);
    if (found) return found;
  }
  return undefined;
}
