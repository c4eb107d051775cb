import type { Palette } from './palette.ts';

/** How a label is set. */
export interface LabelOptions {
  readonly colour: string;
  readonly size?: number;
  readonly weight?: number;
  readonly align?: CanvasTextAlign;
  readonly baseline?: CanvasTextBaseline;
  /** A rim in the colour of the ground, so that the label reads on top of lines. */
  readonly rim?: boolean;
}

/** Writes a short label at a place given in pixels. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  options: LabelOptions,
): void {
  context.save();
  context.setLineDash([]);
  context.font = `${options.weight ?? 400} ${options.size ?? 12}px ${palette.font}`;
  context.textAlign = options.align ?? 'left';
  context.textBaseline = options.baseline ?? 'middle';
  if (options.rim === true) {
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = palette.ground;
    context.strokeText(text, x, y);
  }
  context.fillStyle = options.colour;
  context.fillText(text, x, y);
  context.restore();
}

/** A number as a person would write it beside a picture: three digits that count, a true minus sign. */
export function plainNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e5 || size < 1e-4
      ? value.toExponential(digits - 1).replace(/\.?0+e/, 'e')
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '−').replace('e+', 'e');
}

/** A number with four digits behind the point: numbers of one column, or of one sum, are rounded alike. */
export function fixedNumber(value: number): string {
  const text = value.toFixed(4);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}
