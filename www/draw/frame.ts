import { type ScaleLinear, scaleLinear } from 'd3-scale';

/** An interval of the axis, smaller end first. */
export type Span = readonly [number, number];

/** Room around the plotting area, in CSS pixels. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The plotting area: where it lies on the canvas, and the two scales from values to pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** What a frame is made from. */
export interface FrameOptions {
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  readonly x: Span;
  readonly y: Span;
  /** One unit is equally long on both axes, so that right angles look right; the shorter axis shows more. */
  readonly sameUnit?: boolean;
}

/** Lays a frame out. Both spans are at least shown whole. */
export function makeFrame(options: FrameOptions): Frame {
  const { width, height, margins } = options;
  const left = margins.left;
  const top = margins.top;
  const right = Math.max(left + 1, width - margins.right);
  const bottom = Math.max(top + 1, height - margins.bottom);
  let xSpan = options.x;
  let ySpan = options.y;
  if (options.sameUnit === true) {
    const unit = Math.max((xSpan[1] - xSpan[0]) / (right - left), (ySpan[1] - ySpan[0]) / (bottom - top));
    xSpan = widened(xSpan, unit * (right - left));
    ySpan = widened(ySpan, unit * (bottom - top));
  }
  return {
    left,
    top,
    right,
    bottom,
    x: scaleLinear(xSpan, [left, right]),
    y: scaleLinear(ySpan, [bottom, top]),
  };
}

/** The values the frame shows along one of its axes. */
export function shownSpan(scale: ScaleLinear<number, number>): Span {
  const [from = 0, to = 1] = scale.domain();
  return [from, to];
}

/** The smallest span that holds all values, with a part of its width added on either side. */
export function spanOf(values: Iterable<number>, padding: number, atLeast: number): Span {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [-atLeast / 2, atLeast / 2];
  const middle = (low + high) / 2;
  const half = Math.max(((high - low) / 2) * (1 + 2 * padding), atLeast / 2);
  return [middle - half, middle + half];
}

/** Runs `paint` with everything outside the plotting area cut off. */
export function insideFrame(context: CanvasRenderingContext2D, frame: Frame, paint: () => void): void {
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top);
  context.clip();
  paint();
  context.restore();
}

function widened(span: Span, length: number): Span {
  const middle = (span[0] + span[1]) / 2;
  return [middle - length / 2, middle + length / 2];
}
