import { adoptSheet } from './neuron-sheets.ts';
import css from './neuron.css?inline';

/** Gives a document or a shadow root the styles of the neuron's parts, once. */
export function adoptNeuronStyles(root: Document | ShadowRoot): void {
  adoptSheet(root, css);
}
