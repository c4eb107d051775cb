import { html, nothing, render, type TemplateResult } from 'lit';
import { NameColours } from '../elements/name-colours.ts';
import type { StepChange } from '../elements/step-board.ts';
import type { Answer, View } from '../engine/contract.ts';
import type { Failure } from '../engine/client.ts';
import stepsCss from '../styles/steps.css?inline';
import { engineFor } from './engine.ts';
import { adoptStyles } from './styles.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import '../elements/step-board.ts';
import '../elements/tex-math.ts';

const layouts: readonly string[] = ['numerator', 'denominator', 'mixed'];

/** Longer attributes are cut before they are looked at. */
const longestAttribute = 4096;

type Reply = (Answer & { ok: true }) | { ok: false; error: Failure };

/** `<chalk-derivation expr="relu(w·x + b)" wrt="w">`: a derivation, step by step. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new DerivationWidget(place);
  await widget.ask();
  return widget;
}

class DerivationWidget implements Mounted {
  private readonly box = document.createElement('div');
  private view: View | undefined;
  private colours = new NameColours();
  private index = 0;

  constructor(private readonly place: Place) {
    this.box.className = 'widget';
    adoptStyles(place.host, place.root, stepsCss);
    this.box.addEventListener('step-change', event => this.stepped(event as StepChange));
  }

  /** Asks the engine for the derivation that the attributes describe, and shows it. */
  async ask(): Promise<void> {
    const { host } = this.place;
    const layout = this.attribute('layout');
    const reply = await engineFor(this.place).latest<Reply>(this.channel, {
      op: 'derive',
      detail: 'page',
      expr: this.attribute('expr'),
      wrt: this.attribute('wrt'),
      layout: layouts.includes(layout) ? layout : 'numerator',
    });
    if (!reply) return;
    if (!reply.ok || !reply.view) {
      this.place.giveUp(reply.ok ? this.place.speaking(() => say('nothing')) : reply.error.message);
      return;
    }
    this.view = reply.view;
    this.colours = new NameColours(reply.view.names.map(each => each.name));
    this.index = this.wantedStep(host);
    this.draw();
    this.place.show(this.box);
  }

  attributeChanged(name: string): void {
    if (name === 'theme') return;
    if (name === 'step') {
      this.index = this.wantedStep(this.place.host);
      this.draw();
    } else {
      void this.ask();
    }
  }

  languageChanged(): void {
    void this.ask();
  }

  removed(): void {
    render(nothing, this.box);
  }

  private readonly channel = `derivation-${++widgets}`;

  private draw(): void {
    const { view } = this;
    if (view) this.place.speaking(() => render(this.content(view), this.box));
  }

  private content(view: View): TemplateResult {
    return html`
      ${
        view.steps.length === 0
          ? nothing
          : html`<step-board .steps=${view.steps} .index=${this.index} .colours=${this.colours}></step-board>`
      }
      <div class="widget-result">
        <tex-math display label=${say('question')} .latex=${view.question} .colours=${this.colours}></tex-math>
        <tex-math display label=${say('result')} .latex=${`= ${view.result}`} .colours=${this.colours}></tex-math>
        <span class="widget-soft" data-from="engine">${view.result_shape}</span>
      </div>
    `;
  }

  /** The inner event says what the board did; the host's page hears it in its own terms, counted from 1. */
  private stepped(event: StepChange): void {
    if (event.target === this.place.host) return;
    event.stopPropagation();
    const { index, all } = event.detail;
    const steps = this.view?.steps ?? [];
    this.index = index;
    this.place.host.setAttribute('step', String(index + 1));
    const detail = { step: index + 1, steps: steps.length, rule: steps[index]?.rule ?? '', all };
    this.place.host.dispatchEvent(new CustomEvent('step-change', { detail, bubbles: true }));
  }

  private wantedStep(host: HTMLElement): number {
    const wanted = Number(host.getAttribute('step') ?? 1);
    const last = Math.max(0, (this.view?.steps.length ?? 1) - 1);
    return Number.isInteger(wanted) ? Math.min(last, Math.max(0, wanted - 1)) : 0;
  }

  private attribute(name: string): string {
    return (this.place.host.getAttribute(name) ?? '').slice(0, longestAttribute);
  }
}

let widgets = 0;
