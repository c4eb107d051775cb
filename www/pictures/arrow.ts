import { nothing, svg, type TemplateResult } from 'lit';

/** An arrow between two places of a drawing; nothing where they are the same. Its class gives the stroke and `color`. */
export function arrow(
  kind: string,
  from: readonly [number, number],
  to: readonly [number, number],
): TemplateResult | typeof nothing {
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(across, down);
  if (!(length > 1)) return nothing;
  const [ux, uy] = [across / length, down / length];
  const head = Math.min(12, length);
  const half = head * 0.42;
  const back: readonly [number, number] = [to[0] - ux * head, to[1] - uy * head];
  return svg`<g class="arrow ${kind}">
    <path class="arrow-shaft" d="M${from}L${to[0] - ux * head * 0.8},${to[1] - uy * head * 0.8}" />
    <path class="arrow-head" d="M${to}L${back[0] - uy * half},${back[1] + ux * half}L${back[0] + uy * half},${back[1] - ux * half}Z" />
  </g>`;
}
