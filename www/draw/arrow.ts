import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import { drawLabel } from './text.ts';

/** Draws a vector from the origin of the frame to its tip, with its name beside the tip. */
export function drawArrow(
  context: CanvasRenderingContext2D,
  frame: Frame,
  palette: Palette,
  tip: readonly [number, number],
  name: string,
  colour: string,
): void {
  const x0 = frame.x(0);
  const y0 = frame.y(0);
  const x1 = frame.x(tip[0]);
  const y1 = frame.y(tip[1]);
  const length = Math.hypot(x1 - x0, y1 - y0);
  context.save();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.beginPath();
  context.arc(x0, y0, 2.5, 0, 2 * Math.PI);
  context.fill();
  if (length > 1) {
    const ux = (x1 - x0) / length;
    const uy = (y1 - y0) / length;
    const head = Math.min(11, length);
    const half = head * 0.42;
    context.lineWidth = 2.5;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1 - ux * head * 0.8, y1 - uy * head * 0.8);
    context.stroke();
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x1 - ux * head - uy * half, y1 - uy * head + ux * half);
    context.lineTo(x1 - ux * head + uy * half, y1 - uy * head - ux * half);
    context.closePath();
    context.fill();
    drawLabel(context, palette, name, x1 + ux * 13, y1 + uy * 13, {
      colour,
      size: 15,
      weight: 700,
      align: 'center',
      rim: true,
    });
  }
  context.restore();
}
