import { html, nothing, type TemplateResult } from 'lit';
import type { EntryPick } from '../elements/entry-grid.ts';
import { NameColours } from '../elements/name-colours.ts';
import type { SizeChange } from '../elements/sizer.ts';
import type { Answer, Entries, EntryDerivation, View } from '../engine/contract.ts';
import sideCss from '../styles/side.css?inline';
import stepsCss from '../styles/steps.css?inline';
import { engineFor } from './engine.ts';
import { QuestionWidget, type Reply } from './question-widget.ts';
import { resultLine } from './result-line.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import '../elements/entry-grid.ts';

/** `<chalk-jacobian expr="W*x" wrt="x">`: a Jacobian opened into its entries, each with its own derivation. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new JacobianWidget(place);
  await widget.ask();
  return widget;
}

/** What is on screen. */
interface Shown {
  readonly view: View;
  readonly order: number;
  readonly entries: Entries;
  readonly colours: NameColours;
}

class JacobianWidget extends QuestionWidget {
  private shown: Shown | undefined;
  private derivation: EntryDerivation | undefined;
  private turn = 0;

  constructor(place: Place) {
    super(place, stepsCss, sideCss);
    this.box.addEventListener('size-change', event => this.resize(event as SizeChange));
    this.box.addEventListener('entry-pick', event => void this.pick(event as EntryPick));
  }

  async ask(again?: 'again'): Promise<void> {
    const turn = ++this.turn;
    const { row, column } = (again && this.derivation) ?? {};
    const { sizes: _, ...question } = this.question();
    const [answer, entries] = await Promise.all([
      engineFor(this.place).call<Reply<Answer>>({ op: 'derive', detail: 'page', ...question }),
      this.askEntries({}),
    ]);
    if (turn !== this.turn) return;
    if (!answer.ok || !entries.ok || !answer.view) {
      const failed = answer.ok ? entries : answer;
      if (failed.ok) this.place.giveUp(this.place.speaking(() => say('nothing')));
      else this.place.giveUp(failed.error.message, 'engine');
      return;
    }
    const { view, shape } = answer;
    const colours = new NameColours(view.names.map(each => each.name));
    this.shown = { view, order: shape.length, entries, colours };
    this.derivation = undefined;
    this.show();
    if (row && column) await this.derive(row, column);
  }

  protected content(): TemplateResult | typeof nothing {
    if (!this.shown) return nothing;
    const { view, order, entries, colours } = this.shown;
    return html`
      ${resultLine(view, colours)}
      <entry-grid
        class="widget-entries"
        .entries=${entries}
        .order=${order}
        .colours=${colours}
        .derivation=${this.derivation}
        derives
      ></entry-grid>
    `;
  }

  private askEntries(more: object): Promise<Reply<Entries>> {
    return engineFor(this.place).call<Reply<Entries>>({ op: 'entries', ...this.question(), ...more });
  }

  private resize(event: SizeChange): void {
    event.stopPropagation();
    const sizes = new Map(Object.entries(this.shown?.entries.sizes ?? {}));
    sizes.set(event.detail.name, event.detail.size);
    this.place.host.setAttribute('sizes', [...sizes].map(([name, size]) => `${name}:${size}`).join(';'));
  }

  private async pick(event: EntryPick): Promise<void> {
    const { row, column } = event.detail;
    this.tell('entry-pick', { row, column }, event);
    await this.derive(row, column);
  }

  private async derive(row: number, column: number): Promise<void> {
    const { turn } = this;
    const reply = await this.askEntries({ entry: [row, column] });
    if (turn !== this.turn) return;
    this.derivation = reply.ok ? reply.derivation : undefined;
    this.draw();
  }
}
