import { html, nothing, type TemplateResult } from 'lit';
import { NameColours } from '../elements/name-colours.ts';
import type { StepChange } from '../elements/step-board.ts';
import type { Answer, View } from '../engine/contract.ts';
import stepsCss from '../styles/steps.css?inline';
import { engineFor } from './engine.ts';
import { QuestionWidget, type Reply } from './question-widget.ts';
import { resultLine } from './result-line.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import '../elements/step-board.ts';

/** `<chalk-derivation expr="relu(w·x + b)" wrt="w">`: a derivation, step by step. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new DerivationWidget(place);
  await widget.ask();
  return widget;
}

class DerivationWidget extends QuestionWidget {
  private view: View | undefined;
  private colours = new NameColours();
  private index = 0;

  constructor(place: Place) {
    super(place, stepsCss);
    this.box.addEventListener('step-change', event => this.stepped(event as StepChange));
  }

  async ask(): Promise<void> {
    const request = { op: 'derive', detail: 'page', ...this.question() };
    const reply = await engineFor(this.place).latest<Reply<Answer>>(this.channel, request);
    if (!reply) return;
    if (!reply.ok || !reply.view) {
      if (reply.ok) this.place.giveUp(this.place.speaking(() => say('nothing')));
      else this.place.giveUp(reply.error.message, 'engine');
      return;
    }
    this.view = reply.view;
    this.colours = new NameColours(reply.view.names.map(each => each.name));
    this.index = this.wantedStep();
    this.show();
  }

  override attributeChanged(name: string): void {
    if (name === 'step') {
      this.index = this.wantedStep();
      this.draw();
    } else {
      super.attributeChanged(name);
    }
  }

  protected content(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!view) return nothing;
    return html`
      ${
        view.steps.length === 0
          ? nothing
          : html`<step-board .steps=${view.steps} .index=${this.index} .colours=${this.colours}></step-board>`
      }
      ${resultLine(view, this.colours)}
    `;
  }

  /** The inner event says what the board did; the host's page hears it counted from 1. */
  private stepped(event: StepChange): void {
    const { index, all } = event.detail;
    const steps = this.view?.steps ?? [];
    this.index = index;
    this.place.host.setAttribute('step', String(index + 1));
    this.tell('step-change', { step: index + 1, steps: steps.length, rule: steps[index]?.rule ?? '', all }, event);
  }

  private wantedStep(): number {
    const wanted = Number(this.place.host.getAttribute('step') ?? 1);
    const last = Math.max(0, (this.view?.steps.length ?? 1) - 1);
    return Number.isInteger(wanted) ? Math.min(last, Math.max(0, wanted - 1)) : 0;
  }
}
