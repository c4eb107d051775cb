import { scaleLinear } from 'd3-scale';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { NameColours } from '../elements/name-colours.ts';
import type { Range } from '../lessons/blocks.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { UnitPicture } from '../lessons/pictures/unit.ts';
import { say } from '../words/pictures.ts';
import { pathOf } from './plot.ts';
import { spread } from './values.ts';

/** The numbers of a unit, all from the engine. `gap` and `loss` are none where there is no target. */
export interface UnitValues {
  readonly at: ReadonlyMap<string, number>;
  readonly products: readonly number[];
  readonly sum: number;
  readonly output: number;
  readonly gap: number;
  readonly loss: number;
  readonly rates: readonly number[];
}

/** What the drawing of a unit needs. */
export interface UnitDrawing {
  readonly block: UnitPicture;
  readonly values: UnitValues | undefined;
  /** The activation over its range. */
  readonly curve: readonly number[];
  readonly curveRange: Range;
  readonly colours: NameColours;
  readonly narrow: boolean;
  readonly label: string;
  /** The target was dragged. */
  readonly move: (target: number) => void;
}

/** Where the parts stand, from left to right. */
interface Plan {
  readonly width: number;
  readonly height: number;
  readonly input: number;
  readonly sum: number;
  readonly clip: number;
  readonly bar: number;
  /** The radius of the inputs and of the sum, half the side of the activation's box, half the width of the bar. */
  readonly node: number;
  readonly half: number;
  readonly thick: number;
}

const wide: Plan = {
  ...{ width: 640, height: 290, input: 44, sum: 290, clip: 415, bar: 540 },
  ...{ node: 28, half: 34, thick: 18 },
};
const small: Plan = {
  ...{ width: 400, height: 330, input: 28, sum: 160, clip: 228, bar: 332 },
  ...{ node: 24, half: 22, thick: 13 },
};

/** A name as it is written: `w_1` is w₁. */
export function written(name: string): string {
  const digits = '₀₁₂₃₄₅₆₇₈₉';
  return name.replace(/_([0-9]+)$/, (_, number: string) => [...number].map(digit => digits[Number(digit)]).join(''));
}

/** Whether the output is the target, as far as the picture's numbers show. */
export function isOnTarget(values: UnitValues): boolean {
  return showNumber(values.gap) === '0';
}

/** A loss for reading: a small one that is none is not told as 0. */
export function shownLoss(loss: number): string {
  return showNumber(loss, loss < 0.01 ? 4 : 2);
}

/** Draws the unit: inputs and weights at the left, the sum, the activation, the output as a bar beside its target. */
export function unitDrawing(drawing: UnitDrawing): TemplateResult {
  const plan = drawing.narrow ? small : wide;
  const { block, values } = drawing;
  const drag = (event: PointerEvent): void => {
    const { currentTarget } = event;
    if (block.aim === undefined || event.buttons !== 1 || !(currentTarget instanceof SVGSVGElement)) return;
    const shown = currentTarget.getBoundingClientRect();
    const x = ((event.clientX - shown.left) / shown.width) * plan.width;
    if (x < plan.bar - 2 * plan.thick) return;
    currentTarget.setPointerCapture(event.pointerId);
    drawing.move(scaleOf(plan, block.scale).invert(((event.clientY - shown.top) / shown.height) * plan.height));
  };
  return html`<svg
    class="picture-drawing unit-drawing"
    viewBox="0 0 ${plan.width} ${plan.height}"
    role="img"
    aria-label=${drawing.label}
    @pointerdown=${drag}
    @pointermove=${drag}
  >
    ${values === undefined ? nothing : [inputs(drawing, values, plan), sum(drawing, values, plan), output(drawing, values, plan)]}
  </svg>`;
}

function middle(plan: Plan): number {
  return plan.height / 2 - 10;
}

/** Inputs, one under the other, and the weighted way of each to the sum. */
function inputs({ block, colours }: UnitDrawing, values: UnitValues, plan: Plan): TemplateResult[] {
  const count = block.inputs.length;
  return block.inputs.map((input, place) => {
    const weight = block.weights[place] ?? '';
    const value = values.at.get(weight) ?? 0;
    const y = middle(plan) + (place - (count - 1) / 2) * Math.min(150, 280 / count);
    const [x0, x1, y1] = [plan.input + plan.node, plan.sum - plan.node, middle(plan)];
    const on = (part: number): readonly [number, number] => [x0 + part * (x1 - x0), y + part * (y1 - y)];
    const below = y > middle(plan);
    const [named, product] = [on(0.2), on(0.83)];
    const size = Math.abs(value) / Math.max(Math.abs(block.range.from), Math.abs(block.range.to));
    const kind = value < 0 ? 'unit-below' : value === 0 ? 'unit-nothing' : '';
    return svg`
      <path class="unit-edge ${kind} unit-width-${Math.ceil(size * 5)} ${colours.classOf(weight)}" d="M${x0},${y}L${x1},${y1}" />
      <circle class="unit-node ${colours.classOf(input)}" cx=${plan.input} cy=${y} r=${plan.node} />
      ${number(plan.input, y, values.at.get(input) ?? 0)}
      ${label(plan.input, y - plan.node - 9, written(input), `plot-name ${colours.classOf(input)}`)}
      ${label(named[0], named[1] + (below ? 22 : -9), `${written(weight)} = ${showNumber(value)}`, `plot-name ${colours.classOf(weight)}`, 'start')}
      ${label(product[0] - 6, product[1] + (below ? 28 : -16), showNumber(values.products[place] ?? 0), '')}
    `;
  });
}

/** The sum, with the bias coming from below, and what the activation makes of it. */
function sum({ block, colours, curve, curveRange }: UnitDrawing, values: UnitValues, plan: Plan): TemplateResult {
  const y = middle(plan);
  const { activation, bias, through } = block;
  const floor = plan.height - 44;
  const next = activation === undefined ? plan.bar - plan.thick - 8 : plan.clip - plan.half;
  return svg`
    <path class="unit-wire ${colours.classOf(bias)}" d="M${plan.sum},${floor}V${y + plan.node}" />
    ${label(plan.sum, floor + 20, `${written(bias)} = ${showNumber(values.at.get(bias) ?? 0)}`, `plot-name ${colours.classOf(bias)}`)}
    <path class="unit-wire" d="M${plan.sum + plan.node},${y}H${next}" />
    <circle class="unit-node" cx=${plan.sum} cy=${y} r=${plan.node} />
    ${number(plan.sum, y, values.sum)}
    ${label(plan.sum, y - plan.node - 9, written(through), `plot-name ${colours.classOf(through)}`)}
    ${activation === undefined ? nothing : clip(activation.expr, curve, curveRange, values, plan)}
  `;
}

function clip(name: string, curve: readonly number[], range: Range, values: UnitValues, plan: Plan): TemplateResult {
  const y = middle(plan);
  const inner = plan.half - 5;
  const across = scaleLinear([range.from, range.to], [plan.clip - inner, plan.clip + inner]).clamp(true);
  const up = scaleLinear([range.from, range.to], [y + inner, y - inner]).clamp(true);
  return svg`
    <path class="unit-wire" d="M${plan.clip + plan.half},${y}H${plan.bar - plan.thick - 8}" />
    <rect class="unit-node" x=${plan.clip - plan.half} y=${y - plan.half} width=${2 * plan.half} height=${2 * plan.half} rx="6" />
    <path class="plot-zero" d="M${plan.clip - inner},${y}H${plan.clip + inner}M${plan.clip},${y - inner}V${y + inner}" />
    <path class="plot-curve" d=${pathOf(spread(range.from, range.to, curve.length), curve, across, up)} />
    <circle class="plot-point plot-point-ink ${values.sum > 0 ? '' : 'plot-point-empty'}" cx=${across(values.sum)} cy=${up(values.output)} r="5" />
    ${label(plan.clip, y - plan.half - 9, name, '')}
  `;
}

function scaleOf(plan: Plan, range: Range): ReturnType<typeof scaleLinear<number, number>> {
  return scaleLinear([range.from, range.to], [plan.height - 50, 34]).clamp(true);
}

/** The output as a bar from 0, and how far it is from its target. */
function output({ block, colours }: UnitDrawing, values: UnitValues, plan: Plan): TemplateResult {
  const y = scaleOf(plan, block.scale);
  const { activation, aim, through, scale } = block;
  const { bar, thick } = plan;
  const name = activation?.output ?? through;
  const [zero, end] = [y(0), y(values.output)];
  const down = values.output < 0;
  return svg`
    <path class="plot-frame" d="M${bar},${y(scale.from)}V${y(scale.to)}M${bar - thick - 8},${zero}H${bar + thick + 8}" />
    <text x=${bar - thick - 12} y=${zero + (activation === undefined ? -5 : 16)} text-anchor="end">0</text>
    <rect class="unit-bar" x=${bar - thick} y=${Math.min(zero, end)} width=${2 * thick} height=${Math.abs(end - zero)} />
    ${label(bar - thick - 6, end + (down ? 18 : -8), `${written(name)} = ${showNumber(values.output)}`, `plot-name ${colours.classOf(name)}`, 'end')}
    ${aim === undefined ? nothing : target(aim.target, colours.classOf(aim.target), values, y, plan)}
  `;
}

function target(
  name: string,
  classes: string,
  values: UnitValues,
  y: (value: number) => number,
  { bar, thick, height, width }: Plan,
): TemplateResult {
  const value = values.at.get(name) ?? 0;
  const [goal, end] = [y(value), y(values.output)];
  const side = bar + thick + 9;
  return svg`
    ${isOnTarget(values) ? nothing : svg`<path class="unit-gap" d="M${side},${end}V${goal}M${side - 4},${end}h8" />`}
    <path class="unit-target ${classes}" d="M${bar - thick - 6},${goal}H${side + 6}" />
    <circle class="unit-target unit-target-knob ${classes}" cx=${side + 8} cy=${goal} r="6" />
    <circle class="map-handle" cx=${side + 4} cy=${goal} r="22" />
    ${label(width - 4, goal - 12, `${written(name)} = ${showNumber(value)}`, `plot-name ${classes}`, 'end')}
    <text class="plot-label" x=${width - 4} y=${height - 14} text-anchor="end">${say('lossis', { loss: shownLoss(values.loss) })}</text>
  `;
}

function number(x: number, y: number, value: number): TemplateResult {
  return svg`<text class="unit-number" x=${x} y=${y + 5} text-anchor="middle">${showNumber(value)}</text>`;
}

function label(x: number, y: number, text: string, classes: string, anchor = 'middle'): TemplateResult {
  return svg`<text class="plot-label ${classes}" x=${x} y=${y} text-anchor=${anchor} data-from="lesson">${text}</text>`;
}
