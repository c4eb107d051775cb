import { customElement, property } from 'lit/decorators.js';
import { drawAxes } from '../draw/axes.ts';
import { drawContours } from '../draw/contours.ts';
import { type Frame, makeFrame, type Span } from '../draw/frame.ts';
import { type Grid, gridOver, sameGrid } from '../draw/grid.ts';
import { hollowLevels } from '../draw/levels.ts';
import type { Palette } from '../draw/palette.ts';
import { drawPath } from '../draw/path.ts';
import type { Surface } from '../draw/surface.ts';
import { NeuronCanvas } from './neuron-canvas.ts';
import { makeDraggable } from './neuron-drag.ts';
import { type LossMap, type Plane, placeIn } from './neuron-pictures.ts';
import type { Moment } from './neuron-session.ts';

/** The dot on the loss was dragged to other weights. */
export interface WeightMove {
  readonly place: readonly [number, number];
  readonly done: boolean;
}

const margins = { top: 10, right: 12, bottom: 24, left: 34 };

/** The part of the plane that is always shown. */
const usual: Span = [-1, 2];

const axisNames = { w1w2: ['w₁', 'w₂'], w1b: ['w₁', 'b'], w2b: ['w₂', 'b'] } as const;

/**
 * The loss over two of the three parameters, as contour lines, and the way that training took. The dot can be dragged:
 * `weight-move` says to where. Sends `grid-change` when the picture needs the loss at other points.
 */
@customElement('neuron-loss-map')
export class NeuronLossMap extends NeuronCanvas {
  @property({ attribute: false }) history: readonly Moment[] = [];
  /** The moment that is shown; the path ends there. */
  @property({ type: Number }) shown = 0;
  @property() plane: Plane = 'w1w2';
  @property({ attribute: false }) map: LossMap | undefined;
  @property({ type: Number }) fineness = 41;

  /** The points at which the picture needs the loss; undefined while it has no size. */
  grid: Grid | undefined;

  private frame: Frame | undefined;
  private held: [number, number] | undefined;

  protected override firstUpdated(): void {
    if (!this.canvas) return;
    makeDraggable(this.canvas, {
      over: (x, y) => this.isDot(x, y),
      grab: (x, y) => this.isDot(x, y),
      move: (x, y) => this.moveTo(x, y),
      drop: () => {
        if (this.held) this.send(this.held, true);
        this.held = undefined;
        this.repaint();
      },
    });
  }

  /** Where the dot is now. */
  private get dot(): [number, number] | undefined {
    if (this.held) return this.held;
    const moment = this.history[this.shown];
    return moment && placeIn(this.plane, moment);
  }

  protected override paint({ context, width, height }: Surface, palette: Palette): void {
    const path = this.history.slice(0, this.shown + 1).map(moment => placeIn(this.plane, moment));
    if (!this.held || !this.frame) this.frame = this.layOut(width, height);
    const frame = this.frame;
    this.offerGrid(gridOver(frame, this.fineness, Math.round(this.fineness * 0.8)));
    const map = this.map;
    if (map && map.plane === this.plane) {
      drawContours(context, frame, palette, map.grid, map.values, hollowLevels(map.values, 12), {
        colour: palette.soft,
        width: 0.75,
        tint: 0.045,
        labels: true,
      });
    }
    const [across, up] = axisNames[this.plane];
    const colourOf = (name: string): string => palette.names[name === 'b' ? 2 : 0] ?? palette.ink;
    drawAxes(context, frame, palette, {
      xName: across,
      yName: up,
      xColour: colourOf(across),
      yColour: colourOf(up),
    });
    drawPath(context, frame, this.held ? [...path, this.held] : path, {
      line: palette.ink,
      start: palette.ink,
      end: palette.names[0] ?? palette.ink,
      ground: palette.ground,
    });
  }

  private layOut(width: number, height: number): Frame {
    const places = this.history.map(moment => placeIn(this.plane, moment));
    return makeFrame({
      width,
      height,
      margins,
      x: grown(places.map(place => place[0])),
      y: grown(places.map(place => place[1])),
    });
  }

  private isDot(x: number, y: number): boolean {
    const dot = this.dot;
    if (!dot || !this.frame) return false;
    return Math.hypot(this.frame.x(dot[0]) - x, this.frame.y(dot[1]) - y) <= 16;
  }

  private moveTo(x: number, y: number): void {
    if (!this.frame) return;
    this.held = [rounded(this.frame.x.invert(x)), rounded(this.frame.y.invert(y))];
    this.send(this.held, false);
    this.repaint();
  }

  private send(place: [number, number], done: boolean): void {
    const detail: WeightMove = { place, done };
    this.dispatchEvent(new CustomEvent<WeightMove>('weight-move', { detail, bubbles: true, composed: true }));
  }

  private offerGrid(grid: Grid): void {
    if (sameGrid(this.grid, grid)) return;
    this.grid = grid;
    this.dispatchEvent(new CustomEvent('grid-change', { bubbles: true, composed: true }));
  }
}

/** The usual span, or as much more as the values need; it grows in whole units, so that the ground seldom moves. */
function grown(values: readonly number[]): Span {
  const unit = values.some(value => Math.abs(value) > 20) ? 20 : 1;
  const low = Math.min(usual[0], ...values.map(value => Math.floor(value / unit - 0.1) * unit));
  const high = Math.max(usual[1], ...values.map(value => Math.ceil(value / unit + 0.1) * unit));
  return [low, high];
}

/** Two decimals: what is shown is what is used. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-loss-map': NeuronLossMap;
  }
}
