import type { Frame } from './frame.ts';

/** One sample in the picture. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly radius: number;
  /** Drawn as an outline: the sample is silent. */
  readonly hollow: boolean;
  /** Drawn with a ring around it: it was in the last batch, or it is the one being edited. */
  readonly ringed: boolean;
}

/** The colours of the dots. */
export interface DotStyle {
  readonly fill: string;
  readonly rim: string;
  readonly ground: string;
  readonly hollow: string;
  readonly ring: string;
}

/** Draws the samples, the large ones first so that no small one is hidden. */
export function drawDots(context: CanvasRenderingContext2D, frame: Frame, dots: readonly Dot[], style: DotStyle): void {
  context.save();
  context.setLineDash([]);
  for (const dot of [...dots].sort((a, b) => b.radius - a.radius)) {
    const x = frame.x(dot.x);
    const y = frame.y(dot.y);
    context.beginPath();
    context.arc(x, y, dot.radius, 0, 2 * Math.PI);
    context.fillStyle = dot.hollow ? style.ground : style.fill;
    context.fill();
    context.lineWidth = dot.hollow ? 1.5 : 1;
    context.strokeStyle = dot.hollow ? style.hollow : style.rim;
    context.stroke();
    if (dot.ringed) {
      context.beginPath();
      context.arc(x, y, dot.radius + 3.5, 0, 2 * Math.PI);
      context.lineWidth = 1.5;
      context.strokeStyle = style.ring;
      context.stroke();
    }
  }
  context.restore();
}

/** The dot under a place given in pixels, the nearest one within reach. */
export function dotAt(frame: Frame, dots: readonly Dot[], x: number, y: number, reach: number): number | undefined {
  let found: number | undefined;
  let nearest = reach;
  dots.forEach((dot, index) => {
    const distance = Math.hypot(frame.x(dot.x) - x, frame.y(dot.y) - y) - dot.radius;
    if (distance <= nearest) {
      nearest = distance;
      found = index;
    }
  });
  return found;
}
