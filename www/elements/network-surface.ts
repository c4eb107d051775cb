import { customElement, property } from 'lit/decorators.js';
import { drawAxes } from '../draw/axes.ts';
import { drawContours } from '../draw/contours.ts';
import { type Frame, insideFrame, makeFrame, spanOf } from '../draw/frame.ts';
import { type Grid, gridOver, sameGrid } from '../draw/grid.ts';
import type { Palette } from '../draw/palette.ts';
import { drawDots } from '../draw/points.ts';
import type { Surface } from '../draw/surface.ts';
import type { BuiltNetwork } from '../engine/client.ts';
import type { Sample } from '../views/neuron-data.ts';
import type { SurfaceValues } from './network-lab.ts';
import { NeuronCanvas } from './neuron-canvas.ts';

const margins = { top: 10, right: 12, bottom: 24, left: 34 };

/** Bands of tint on either side of the boundary. */
const bands = 5;

/**
 * What the network says of every place: tinted for one class or the other, the boundary between them as a line. Samples of class 1 are
 * filled, those of class −1 hollow. Sends `grid-change` when the picture needs the output at other points.
 */
@customElement('network-surface')
export class NetworkSurface extends NeuronCanvas {
  @property({ attribute: false }) samples: readonly Sample[] = [];
  @property({ attribute: false }) values: SurfaceValues | undefined;
  @property({ attribute: false }) output: BuiltNetwork['output'] | undefined;
  /** How many grid points a side. */
  @property({ type: Number }) fineness = 41;

  /** The points at which the picture needs the output; undefined while it has no size. */
  grid: Grid | undefined;

  protected override paint({ context, width, height }: Surface, palette: Palette): void {
    const frame = makeFrame({
      width,
      height,
      margins,
      x: spanOf([0, ...this.samples.map(sample => sample[0])], 0.06, 2),
      y: spanOf([0, ...this.samples.map(sample => sample[1])], 0.06, 2),
      sameUnit: true,
    });
    this.offerGrid(gridOver(frame, this.fineness, this.fineness));
    const { values, output } = this;
    if (values?.grid && output) this.paintOutput(context, frame, palette, values, values.grid, output);
    drawAxes(context, frame, palette, {
      xName: 'x₁',
      yName: 'x₂',
      xColour: palette.ink,
      yColour: palette.ink,
    });
    const [orange, blue] = classColours(palette);
    const shared = { rim: palette.ground, ground: palette.ground, ring: palette.ink };
    insideFrame(context, frame, () => {
      drawDots(context, frame, dotsOf(this.samples, false), { ...shared, fill: orange, hollow: orange });
      drawDots(context, frame, dotsOf(this.samples, true), { ...shared, fill: blue, hollow: blue });
    });
  }

  private paintOutput(
    context: CanvasRenderingContext2D,
    frame: Frame,
    palette: Palette,
    values: SurfaceValues,
    grid: Grid,
    { boundary, low, high }: BuiltNetwork['output'],
  ): void {
    const [orange, blue] = classColours(palette);
    // What is no finite number is on neither side: it stays blank.
    const shown = values.gridOutput.map(value => (Number.isFinite(value) ? value : Number.NaN));
    const shares = Array.from({ length: bands }, (_, band) => band / bands);
    const levels = shares.map(share => boundary + share * (high - boundary));
    drawContours(context, frame, palette, grid, shown, levels, { colour: blue, width: 0, tint: 0.07 });
    // The other side is what lies above the boundary once the picture is turned over.
    const below = shares.map(share => -(boundary - share * (boundary - low)));
    const turned = shown.map(value => -value);
    drawContours(context, frame, palette, grid, turned, below, { colour: orange, width: 0, tint: 0.07 });
    drawContours(context, frame, palette, grid, shown, [boundary], { colour: palette.ink, width: 1.75 });
  }

  private offerGrid(grid: Grid): void {
    if (sameGrid(this.grid, grid)) return;
    this.grid = grid;
    this.dispatchEvent(new CustomEvent('grid-change', { bubbles: true, composed: true }));
  }
}

/** Class −1, class 1: the same two colours as for negative and positive weights. */
function classColours(palette: Palette): [string, string] {
  return [palette.names[0] ?? palette.ink, palette.names[1] ?? palette.ink];
}

function dotsOf(
  samples: readonly Sample[],
  positive: boolean,
): { x: number; y: number; radius: number; hollow: boolean; ringed: boolean }[] {
  return samples
    .filter(([, , y]) => y > 0 === positive)
    .map(([x, y]) => ({ x, y, radius: 3.5, hollow: !positive, ringed: false }));
}

declare global {
  interface HTMLElementTagNameMap {
    'network-surface': NetworkSurface;
  }
}
