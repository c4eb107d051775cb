import type { Frame } from './frame.ts';
import { insideFrame } from './frame.ts';

/** Draws values over the steps at which they were seen, as one line. */
export function drawCurve(
  context: CanvasRenderingContext2D,
  frame: Frame,
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  colour: string,
  width: number,
): void {
  insideFrame(context, frame, () => {
    context.lineJoin = 'round';
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    let drawing = false;
    for (let index = 0; index < values.length; index += 1) {
      const step = steps[index];
      const value = values[index];
      if (step === undefined || value === undefined || !Number.isFinite(value)) {
        drawing = false;
        continue;
      }
      if (drawing) context.lineTo(frame.x(step), frame.y(value));
      else context.moveTo(frame.x(step), frame.y(value));
      drawing = true;
    }
    context.stroke();
  });
}

/** Draws the dot that marks the present on a curve. */
export function drawCurveEnd(
  context: CanvasRenderingContext2D,
  frame: Frame,
  step: number,
  value: number,
  colour: string,
): void {
  context.beginPath();
  context.arc(frame.x(step), frame.y(value), 4, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
