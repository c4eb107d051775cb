import { customElement, property } from 'lit/decorators.js';
import { drawAxes } from '../draw/axes.ts';
import { drawCurve, drawCurveEnd } from '../draw/curve.ts';
import { makeFrame } from '../draw/frame.ts';
import type { Palette } from '../draw/palette.ts';
import type { Surface } from '../draw/surface.ts';
import { drawLabel, plainNumber } from '../draw/text.ts';
import { NeuronCanvas } from './neuron-canvas.ts';
import type { Moment } from './neuron-session.ts';
import { say } from '../words/neuron.ts';

const margins = { top: 12, right: 68, bottom: 24, left: 40 };

/** What the curve needs to know of a moment. */
export type CurveMoment = Pick<Moment, 'step' | 'loss' | 'batchLoss'>;

/** The loss, step by step: over all samples as a line, over each step's own samples as a faint one. */
@customElement('neuron-curve')
export class NeuronCurve extends NeuronCanvas {
  @property({ attribute: false }) history: readonly CurveMoment[] = [];
  /** The moment that is shown. */
  @property({ type: Number }) shown = 0;

  protected override paint({ context, width, height }: Surface, palette: Palette): void {
    const steps = this.history.map(moment => moment.step);
    const losses = this.history.map(moment => moment.loss);
    const last = steps[steps.length - 1] ?? 0;
    const frame = makeFrame({
      width,
      height,
      margins,
      x: [0, Math.max(20, last * 1.02)],
      y: [0, Math.max(1e-6, ...losses) * 1.08],
    });
    drawAxes(context, frame, palette, { xName: this.speaking(() => say('steps')), yName: '', yTicks: 4, rules: true });
    const batchLosses = this.history.map(moment => (moment.step > 0 ? moment.batchLoss : Number.NaN));
    context.globalAlpha = 0.35;
    drawCurve(context, frame, steps, batchLosses, palette.soft, 1);
    context.globalAlpha = 1;
    drawCurve(context, frame, steps, losses, palette.ink, 2);
    const moment = this.history[this.shown];
    if (!moment) return;
    drawCurveEnd(context, frame, moment.step, moment.loss, palette.names[0] ?? palette.ink);
    drawLabel(context, palette, plainNumber(moment.loss), frame.x(moment.step) + 9, frame.y(moment.loss), {
      colour: palette.ink,
      size: 13,
      weight: 600,
      rim: true,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-curve': NeuronCurve;
  }
}
