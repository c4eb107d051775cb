import { html, nothing, svg, type TemplateResult } from 'lit';
import { showNumber } from '../lessons/numbers.ts';
import { say } from '../words/pictures.ts';
import { axes, type Box, pathOf, scalesOf } from './plot.ts';

const box: Box = { width: 340, height: 178, left: 34, right: 12, top: 12, bottom: 26 };
/** The room that a label of a slope takes, in the drawing's units. */
const labelWidth = 84;

/** A curve over one quantity, with the tangent at one of its points. All numbers are the engine's. */
export interface Cut {
  /** Makes the drawing's ids its own. */
  readonly own: string;
  readonly label: string;
  readonly places: readonly number[];
  readonly heights: readonly number[];
  /** What the vertical axis covers: fixed, so that a curve that moves is seen to move. */
  readonly low: number;
  readonly high: number;
  readonly point: readonly [number, number];
  readonly slope: number;
  /** Heights of the tangent over the first and the last place, where one is drawn. */
  readonly tangent?: readonly [number, number];
  /** The tangent's classes: its colour, and whether it is dashed. */
  readonly tone?: string;
  /** Places on the axis that have a name. */
  readonly marks?: readonly { readonly place: number; readonly name: string; readonly above: boolean }[];
  readonly name?: TemplateResult;
  /** Takes the point along the axis, where it can be dragged. */
  readonly move?: (place: number) => void;
}

/** Draws a cut through a surface, seen from the side. */
export function cutPlot(cut: Cut): TemplateResult {
  const [first = -1] = cut.places;
  const last = cut.places.at(-1) ?? 1;
  const air = (cut.high - cut.low || 2) * 0.06;
  const { x, y } = scalesOf(box, [first, last], [cut.low - air, cut.high + air]);
  const [across, down] = [x(cut.point[0]), y(cut.point[1])];
  const drag = (event: PointerEvent): void => {
    if (event.buttons !== 1 || !(event.currentTarget instanceof SVGSVGElement)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const shown = event.currentTarget.getBoundingClientRect();
    cut.move?.(x.invert(((event.clientX - shown.left) / shown.width) * box.width));
  };
  return html`<svg
    class="picture-drawing ${cut.move === undefined ? '' : 'picture-draggable'}"
    viewBox="0 0 ${box.width} ${box.height}"
    role="img"
    aria-label=${cut.label}
    @pointerdown=${drag}
    @pointermove=${drag}
  >
    <clipPath id="${cut.own}-cut">
      <rect x=${box.left} y=${box.top} width=${box.width - box.left - box.right} height=${box.height - box.top - box.bottom} />
    </clipPath>
    ${axes(box, x, y)}
    <g clip-path="url(#${cut.own}-cut)">
      <path class="plot-curve" d=${pathOf(cut.places, cut.heights, x, y)} />
      ${cut.tangent === undefined ? nothing : svg`<path class="plot-touch ${cut.tone ?? ''}" d=${pathOf([first, last], cut.tangent, x, y)} />`}
      ${(cut.marks ?? []).map(mark => svg`<path class="plot-drop" d="M${x(mark.place)},${box.top}V${box.height - box.bottom}" />`)}
    </g>
    ${(cut.marks ?? []).map(mark => markName(mark.name, x(mark.place), mark.above))}
    ${Number.isFinite(down) ? svg`<circle class="plot-point plot-point-ink" cx=${across} cy=${down} r="6" />` : nothing}
    ${slopeLabel(cut, across, down)}
    ${cut.name ?? nothing}
  </svg>`;
}

/** The name at the end of a cut's axis. */
export function axisName(text: string, classes: string): TemplateResult {
  return svg`<text
    class="plot-label plot-name ${classes}" x=${box.width - box.right - 4} y=${box.height - box.bottom - 8}
    text-anchor="end" data-from="lesson"
  >${text}</text>`;
}

/** The heights around a middle that make one unit up as long as one across: a slope of 1 is then seen as one. */
export function evenSpan(middle: number, across: number): [low: number, high: number] {
  const tall = box.height - box.top - box.bottom;
  const half = ((across * tall) / (box.width - box.left - box.right) / 2) * 0.89;
  return [middle - half, middle + half];
}

/** Beside its line, on the side where there is room. */
function markName(name: string, across: number, above: boolean): TemplateResult {
  const end = across > box.width - box.right - labelWidth;
  return svg`<text class="map-level" x=${across + (end ? -5 : 5)} y=${above ? box.top + 12 : box.height - box.bottom - 8} text-anchor=${end ? 'end' : 'start'}>${name}</text>`;
}

/** On the side where the tangent goes down, above it; always inside the drawing. */
function slopeLabel({ slope }: Cut, across: number, down: number): TemplateResult | typeof nothing {
  if (!Number.isFinite(down)) return nothing;
  const left = slope > 0 ? across - labelWidth : across + 10;
  const place = Math.min(Math.max(left, box.left + 6), box.width - box.right - labelWidth);
  const above = down - 12 > box.top + 14 ? down - 12 : down + 24;
  return svg`<text class="plot-label" x=${place} y=${above}>${say('slope', { slope: showNumber(slope) })}</text>`;
}
