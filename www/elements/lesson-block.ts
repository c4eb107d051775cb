import { html, type TemplateResult } from 'lit';
import type { Block } from '../lessons/blocks.ts';
import type { LessonContext } from '../lessons/context.ts';
import type { PictureBlock } from '../lessons/pictures.ts';
import './lesson-ask.ts';
import './lesson-derive.ts';
import './lesson-rules.ts';
import '../pictures/adder-picture.ts';
import '../pictures/bump-picture.ts';
import '../pictures/descent-picture.ts';
import '../pictures/factors-picture.ts';
import '../pictures/gradient-picture.ts';
import '../pictures/graph-picture.ts';
import '../pictures/grid-picture.ts';
import '../pictures/jacobian-picture.ts';
import '../pictures/kink-picture.ts';
import '../pictures/knobs-picture.ts';
import '../pictures/operators-picture.ts';
import '../pictures/samples-picture.ts';
import '../pictures/slices-picture.ts';
import '../pictures/tangent-picture.ts';
import '../pictures/unit-picture.ts';

/** The element for a block: one line for each kind. */
export function lessonBlock(block: Block, context: LessonContext, unfolded: boolean): TemplateResult {
  switch (block.kind) {
    case 'derive':
      return html`<lesson-derive .block=${block} .context=${context} .unfolded=${unfolded}></lesson-derive>`;
    case 'picture':
      return picture(block, context);
    case 'ask':
      return html`<lesson-ask .block=${block} .context=${context}></lesson-ask>`;
    case 'rule':
      return html`<lesson-rules .block=${block} .context=${context}></lesson-rules>`;
  }
}

function picture(block: PictureBlock, context: LessonContext): TemplateResult {
  switch (block.picture) {
    case 'tangent':
      return html`<tangent-picture .block=${block} .context=${context}></tangent-picture>`;
    case 'jacobian':
      return html`<jacobian-picture .block=${block} .context=${context}></jacobian-picture>`;
    case 'graph':
      return html`<graph-picture .block=${block} .context=${context}></graph-picture>`;
    case 'bump':
      return html`<bump-picture .block=${block} .context=${context}></bump-picture>`;
    case 'factors':
      return html`<factors-picture .block=${block} .context=${context}></factors-picture>`;
    case 'kink':
      return html`<kink-picture .block=${block} .context=${context}></kink-picture>`;
    case 'operators':
      return html`<operators-picture .block=${block} .context=${context}></operators-picture>`;
    case 'knobs':
      return html`<knobs-picture .block=${block} .context=${context}></knobs-picture>`;
    case 'adder':
      return html`<adder-picture .block=${block} .context=${context}></adder-picture>`;
    case 'unit':
      return html`<unit-picture .block=${block} .context=${context}></unit-picture>`;
    case 'slices':
      return html`<slices-picture .block=${block} .context=${context}></slices-picture>`;
    case 'gradient':
      return html`<gradient-picture .block=${block} .context=${context}></gradient-picture>`;
    case 'samples':
      return html`<samples-picture .block=${block} .context=${context}></samples-picture>`;
    case 'grid':
      return html`<grid-picture .block=${block} .context=${context}></grid-picture>`;
    case 'descent':
      return html`<descent-picture .block=${block} .context=${context}></descent-picture>`;
  }
}
