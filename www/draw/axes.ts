import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import { drawLabel } from './text.ts';

/** What the two axes are called, and in whose colour. */
export interface AxesOptions {
  readonly xName: string;
  readonly yName: string;
  readonly xColour?: string;
  readonly yColour?: string;
  /** How many ticks to aim at on each axis. */
  readonly xTicks?: number;
  readonly yTicks?: number;
  /** Fine lines across the picture at the ticks of the y axis. */
  readonly rules?: boolean;
}

const TICK = 4;

/** Draws ticks with numbers along the lower and left edge, and each axis's name at its end. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  frame: Frame,
  palette: Palette,
  options: AxesOptions,
): void {
  const xTicks = options.xTicks ?? 5;
  const yTicks = options.yTicks ?? 5;
  const xFormat = shortFormat(frame.x, xTicks);
  const yFormat = shortFormat(frame.y, yTicks);
  context.save();
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.beginPath();
  if (options.rules === true) {
    for (const tick of frame.y.ticks(yTicks)) {
      const y = crisp(frame.y(tick));
      context.moveTo(frame.left, y);
      context.lineTo(frame.right, y);
    }
  }
  context.moveTo(crisp(frame.left), frame.top);
  context.lineTo(crisp(frame.left), crisp(frame.bottom));
  context.lineTo(frame.right, crisp(frame.bottom));
  for (const tick of frame.x.ticks(xTicks)) {
    const x = crisp(frame.x(tick));
    context.moveTo(x, frame.bottom);
    context.lineTo(x, frame.bottom + TICK);
  }
  for (const tick of frame.y.ticks(yTicks)) {
    const y = crisp(frame.y(tick));
    context.moveTo(frame.left - TICK, y);
    context.lineTo(frame.left, y);
  }
  context.stroke();

  for (const tick of frame.x.ticks(xTicks)) {
    const x = frame.x(tick);
    // The last stretch belongs to the axis's name.
    if (x > frame.right - 12 - 7 * options.xName.length) continue;
    drawLabel(context, palette, xFormat(tick), x, frame.bottom + TICK + 3, {
      colour: palette.soft,
      size: 11,
      align: 'center',
      baseline: 'top',
    });
  }
  for (const tick of frame.y.ticks(yTicks)) {
    const y = frame.y(tick);
    if (y < frame.top + 14) continue;
    drawLabel(context, palette, yFormat(tick), frame.left - TICK - 3, y, {
      colour: palette.soft,
      size: 11,
      align: 'right',
    });
  }
  drawLabel(context, palette, options.xName, frame.right, frame.bottom + TICK + 2, {
    colour: options.xColour ?? palette.soft,
    weight: 600,
    align: 'right',
    baseline: 'top',
  });
  drawLabel(context, palette, options.yName, frame.left - TICK - 3, frame.top + 4, {
    colour: options.yColour ?? palette.soft,
    weight: 600,
    align: 'right',
  });
  context.restore();
}

/** Ticks as plain numbers; large ones in thousands and millions (`20k`), which fit beside the axis. */
function shortFormat(scale: Frame['x'], count: number): (value: number) => string {
  const large = scale.ticks(count).some(tick => Math.abs(tick) >= 10_000);
  return large ? scale.tickFormat(count, '~s') : scale.tickFormat(count);
}

/** Moves a hairline to the middle of a pixel, where it is one pixel wide and not two faint ones. */
function crisp(position: number): number {
  return Math.round(position) + 0.5;
}
