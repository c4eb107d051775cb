import { customElement, property } from 'lit/decorators.js';
import { drawAxes } from '../draw/axes.ts';
import { drawContours } from '../draw/contours.ts';
import { type Frame, insideFrame, makeFrame } from '../draw/frame.ts';
import { type Grid, gridOver, sameGrid } from '../draw/grid.ts';
import { hollowLevels } from '../draw/levels.ts';
import type { Palette } from '../draw/palette.ts';
import { drawPath } from '../draw/path.ts';
import type { Surface } from '../draw/surface.ts';
import { drawLabel } from '../draw/text.ts';
import { NeuronCanvas } from '../elements/neuron-canvas.ts';
import { makeDraggable } from '../elements/neuron-drag.ts';
import type { DescentPicture, Start } from '../lessons/pictures/descent.ts';
import { say } from '../words/pictures.ts';

/** The start was dragged to another place. */
export interface StartMove {
  readonly place: Start;
}

const margins = { top: 12, right: 14, bottom: 26, left: 36 };

/**
 * A loss over two parameters as contour lines, with the way that training took so far: a ring where it begins, a small
 * dot for each step. The ring can be dragged: `start-move` says to where. Sends `grid-change` when it needs the loss at
 * other points.
 */
@customElement('descent-map')
export class DescentMap extends NeuronCanvas {
  @property({ attribute: false }) block!: DescentPicture;
  /** The loss on `grid`. */
  @property({ attribute: false }) values: Float64Array | undefined;
  /** The way so far. */
  @property({ attribute: false }) path: readonly Start[] = [];
  /** The custom properties that hold the two names' colours. */
  @property({ attribute: false }) colours: readonly [string, string] = ['--ink', '--ink'];

  /** The points at which the picture needs the loss; undefined while it has no size. */
  grid: Grid | undefined;

  private frame: Frame | undefined;

  protected override firstUpdated(): void {
    if (!this.canvas) return;
    const near = (x: number, y: number): boolean => {
      const [start] = this.path;
      if (start === undefined || !this.frame) return false;
      return Math.hypot(this.frame.x(start[0]) - x, this.frame.y(start[1]) - y) <= 18;
    };
    makeDraggable(this.canvas, {
      over: near,
      grab: near,
      move: (x, y) => this.moveTo(x, y),
      drop: () => undefined,
    });
  }

  protected override paint({ context, width, height }: Surface, palette: Palette): void {
    const [across, up] = this.block.spans;
    const x = [across.from, across.to] as const;
    const frame = makeFrame({ width, height, margins, x, y: [up.from, up.to] });
    this.frame = frame;
    const grid = gridOver(frame, 83, 63);
    if (!sameGrid(this.grid, grid)) {
      this.grid = grid;
      this.dispatchEvent(new CustomEvent('grid-change', { bubbles: true, composed: true }));
    }
    if (this.values?.length === grid.columns * grid.rows) {
      drawContours(context, frame, palette, grid, this.values, hollowLevels(this.values, 10), {
        colour: palette.soft,
        width: 0.75,
        tint: 0.045,
        labels: true,
      });
    }
    const [xColour, yColour] = this.colours.map(name => getComputedStyle(this).getPropertyValue(name).trim());
    const [xName, yName] = this.block.params;
    drawAxes(context, frame, palette, {
      xName,
      yName,
      xColour: xColour || palette.ink,
      yColour: yColour || palette.ink,
    });
    this.paintWay(context, frame, palette);
  }

  private paintWay(context: CanvasRenderingContext2D, frame: Frame, palette: Palette): void {
    drawPath(context, frame, this.path, {
      line: palette.ink,
      start: palette.ink,
      end: palette.ink,
      ground: palette.ground,
    });
    insideFrame(context, frame, () => {
      context.fillStyle = palette.ink;
      for (const [x, y] of this.path.slice(1, -1)) {
        context.beginPath();
        context.arc(frame.x(x), frame.y(y), 2.75, 0, 2 * Math.PI);
        context.fill();
      }
    });
    const [start] = this.path;
    if (start === undefined) return;
    const [x, y] = [frame.x(start[0]), frame.y(start[1])];
    const left = x > frame.right - 60;
    drawLabel(context, palette, say('start'), x + (left ? -10 : 10), y - 12, {
      colour: palette.ink,
      size: 13,
      align: left ? 'right' : 'left',
      rim: true,
    });
  }

  /** Two decimals, within what is shown: what is shown is what is used. */
  private moveTo(x: number, y: number): void {
    if (!this.frame) return;
    const within = (value: number, { from, to }: { from: number; to: number }): number =>
      Math.round(Math.min(to, Math.max(from, value)) * 20) / 20;
    const [across, up] = this.block.spans;
    const place: Start = [within(this.frame.x.invert(x), across), within(this.frame.y.invert(y), up)];
    const detail: StartMove = { place };
    this.dispatchEvent(new CustomEvent<StartMove>('start-move', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'descent-map': DescentMap;
  }
}
