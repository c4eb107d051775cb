/** A canvas made ready for one painting: its context in CSS pixels, and its size in them. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** The sharpest backing store worth its memory; beyond three device pixels a line no longer looks finer. */
const MAX_DENSITY = 3;

/**
 * Fits the canvas's backing store to its box on the screen and clears it.
 * Answers undefined while the canvas has no box (hidden, or not yet laid out): there is nothing to paint then.
 */
export function prepareSurface(canvas: HTMLCanvasElement): Surface | undefined {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const context = canvas.getContext('2d');
  if (context === null || width < 8 || height < 8) return undefined;
  const density = Math.min(MAX_DENSITY, Math.max(1, window.devicePixelRatio));
  const columns = Math.round(width * density);
  const rows = Math.round(height * density);
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  context.setTransform(columns / width, 0, 0, rows / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
