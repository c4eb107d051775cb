import type { Frame } from './frame.ts';
import { insideFrame } from './frame.ts';

/** How a path is drawn: its line, the ring where it began, the dot where it is now. */
export interface PathStyle {
  readonly line: string;
  readonly start: string;
  readonly end: string;
  readonly ground: string;
}

/** Draws the way through a plane, from a ring at its beginning to a dot at its end. */
export function drawPath(
  context: CanvasRenderingContext2D,
  frame: Frame,
  places: readonly (readonly [number, number])[],
  style: PathStyle,
): void {
  const first = places[0];
  const last = places[places.length - 1];
  if (first === undefined || last === undefined) return;
  insideFrame(context, frame, () => {
    context.lineJoin = 'round';
    context.lineWidth = 1.75;
    context.strokeStyle = style.line;
    context.beginPath();
    places.forEach(([x, y], index) => {
      if (index === 0) context.moveTo(frame.x(x), frame.y(y));
      else context.lineTo(frame.x(x), frame.y(y));
    });
    context.stroke();
    context.beginPath();
    context.arc(frame.x(first[0]), frame.y(first[1]), 5, 0, 2 * Math.PI);
    context.fillStyle = style.ground;
    context.fill();
    context.strokeStyle = style.start;
    context.stroke();
    context.beginPath();
    context.arc(frame.x(last[0]), frame.y(last[1]), 6, 0, 2 * Math.PI);
    context.fillStyle = style.end;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = style.ground;
    context.stroke();
  });
}
