import { html, nothing, type TemplateResult } from 'lit';
import type { Graph, Numbers } from '../engine/contract.ts';
import { showNumbers } from '../lessons/numbers.ts';
import type { NameColours } from './name-colours.ts';
import { say } from '../words/graph.ts';
import './tex-math.ts';

/** A graph in rows, one for each node: what it is, what leads into it, and the derivative of the result by it. */
export function graphTable(graph: Graph, colours: NameColours, pick: (node: number) => void): TemplateResult {
  const math = (latex: string): TemplateResult => html`<tex-math .latex=${latex} .colours=${colours}></tex-math>`;
  const numbers = graph.nodes.some(node => node.value !== undefined);
  return html`<div class="graph-table-scroll" tabindex="0" role="region" aria-label=${say('table')}><table>
    <thead><tr>
      <th scope="col">${say('node')}</th>
      <th scope="col">${say('made')}</th>
      <th scope="col">${say('shape')}</th>
      ${numbers ? html`<th scope="col">${say('value')}</th>` : nothing}
      <th scope="col">${say('locals')}</th>
      <th scope="col">${say('adjoint')}</th>
      <th scope="col">${say('step')}</th>
    </tr></thead>
    <tbody>${graph.nodes.map(
      (node, place) => html`<tr>
        <th scope="row">${math(node.latex)}</th>
        <td>${node.definition ? math(node.definition) : say('variable')}</td>
        <td data-from="engine">${node.shape}</td>
        ${numbers ? html`<td>${shown(node.value)}</td>` : nothing}
        <td>${graph.edges
          .filter(edge => edge.to === place)
          .map(
            ({ local }) =>
              html`<div>${math(local.formula ? `${local.latex} = ${local.formula}` : local.latex)} ${shown(local.value, local.formula)}</div>`,
          )}</td>
        <td>${
          node.adjoint
            ? html`${math(`${node.adjoint.latex} = ${node.adjoint.formula}`)} ${shown(node.adjoint.value, node.adjoint.formula)}`
            : say('none')
        }</td>
        <td><button type="button" class="button-quiet" aria-label=${say('onboard', { step: node.step })} @click=${() => pick(place)}
          >${node.step}</button></td>
      </tr>`,
    )}</tbody>
  </table></div>`;
}

/** A number behind a formula, unless the formula says it already. */
function shown(value: Numbers | undefined, formula = ''): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  const text = showNumbers(value);
  return text === formula ? nothing : html`<span class="graph-number">${text}</span>`;
}
