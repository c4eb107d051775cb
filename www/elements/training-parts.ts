import { html, nothing, type TemplateResult } from 'lit';
import { plainNumber } from '../draw/text.ts';
import { lossFinding } from './neuron-words.ts';
import type { TrainingLab } from './training-lab.ts';
import type { Speed } from './training-player.ts';
import { say } from '../words/neuron.ts';
import './neuron-curve.ts';
import './neuron-stop.ts';

/** What the controls of every lab ask for. */
export type TrainingWish = { kind: TrainingButton } | { kind: 'speed'; speed: Speed };

/** A button that every lab has. */
export type TrainingButton = 'toggle' | 'step' | 'reset';

/** Play or pause, one step, reset. */
export function playButtons(playing: boolean, press: (button: TrainingButton) => void): TemplateResult {
  return html`
    <div class="neuron-buttons">
      <button type="button" class="button button-main neuron-play" @click=${() => press('toggle')}>
        ${playing ? say('pause') : say('play')}
      </button>
      <button type="button" class="button" @click=${() => press('step')}>${say('onestep')}</button>
      <button type="button" class="button" @click=${() => press('reset')}>${say('reset')}</button>
    </div>
  `;
}

/** Does what a control asked for. */
export function obey(lab: TrainingLab, wish: TrainingWish): void {
  if (wish.kind === 'speed') lab.player.speed = wish.speed;
  else void lab[wish.kind]();
}

/** A speed by its name; what is no name is the middle one. */
export function speedOf(name: string | null): Speed {
  return name === 'slow' || name === 'fast' ? name : 'steady';
}

/** Why training stopped by itself, and the ways on; nothing while it can go on. */
export function stopNotice(lab: TrainingLab): TemplateResult | typeof nothing {
  const { stopped, settings, history } = lab.session;
  if (!stopped) return nothing;
  return html`<neuron-stop
    .message=${stopped.message}
    .rate=${settings.rate}
    .advice=${stopped.rate_advice ?? undefined}
    .best=${history[lab.best]?.step ?? 0}
    @stop-rate=${(event: CustomEvent<number>) => void lab.setRate(event.detail)}
    @stop-back=${() => void lab.backToBest()}
  ></neuron-stop>`;
}

/** The loss step by step: the curve, a slider that looks back, and a table. `id` is the heading's. */
export function curveCard(lab: TrainingLab, id: string, table: TemplateResult): TemplateResult {
  const { history } = lab.session;
  const finding = lossFinding(history, lab.shown);
  const step = lab.moment?.step ?? 0;
  return html`
    <section class="neuron-card" aria-labelledby=${id}>
      <header class="neuron-head">
        <h2 id=${id}>${say('loss')}</h2>
        <span class="neuron-hint">${say('faint')}</span>
      </header>
      <neuron-curve .history=${history} .shown=${lab.shown} .finding=${finding}></neuron-curve>
      <label class="neuron-scrub">
        <span>${say('step', { step })}</span>
        <input
          type="range"
          aria-label=${say('lookback')}
          min="0"
          max=${Math.max(1, history.length - 1)}
          step="1"
          aria-valuetext=${say('moment', { step, loss: plainNumber(lab.moment?.loss ?? 0) })}
          ?disabled=${history.length < 2}
          .value=${String(lab.shown)}
          @input=${(event: Event) => lab.look((event.currentTarget as HTMLInputElement).valueAsNumber)}
        />
      </label>
      <p class="neuron-note">${lab.inThePast ? say('looking') : finding}</p>
      <details class="neuron-more">
        <summary>${say('astable')}</summary>
        ${table}
      </details>
    </section>
  `;
}
