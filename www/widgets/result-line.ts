import { html, type TemplateResult } from 'lit';
import type { NameColours } from '../elements/name-colours.ts';
import type { View } from '../engine/contract.ts';
import { say } from '../words/widgets.ts';
import '../elements/tex-math.ts';

/** The question and its answer, with the answer's shape. */
export function resultLine(view: View, colours: NameColours): TemplateResult {
  return html`<div class="widget-result">
    <tex-math display label=${say('question')} .latex=${view.question} .colours=${colours}></tex-math>
    <tex-math display label=${say('result')} .latex=${`= ${view.result}`} .colours=${colours}></tex-math>
    <span class="widget-soft" data-from="engine">${view.result_shape}</span>
  </div>`;
}
