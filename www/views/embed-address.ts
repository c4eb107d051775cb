import { type EmbedField, type EmbedWidget, embedWidgets } from './embed-fields.ts';
import { say } from '../words/embed.ts';

/** What the builder has on screen: a widget, and its attributes as they are set. */
export interface EmbedState {
  readonly widget: EmbedWidget;
  /** By name; what is not there is as the builder begins with. */
  readonly values: ReadonlyMap<string, string>;
}

/** Longer values are cut: the widgets cut theirs as well. */
const longest = 4096;

/** Reads the address: `derivation?expr=…`. What makes no sense is left out. */
export function readEmbed(rest: string, params: URLSearchParams): EmbedState {
  const widget = embedWidgets.find(each => each.id === rest) ?? embedWidgets[0];
  if (!widget) throw new RangeError('There are no widgets.');
  const values = new Map<string, string>();
  for (const { name } of widget.fields) {
    const value = params.get(name);
    if (value !== null) values.set(name, value.slice(0, longest).replace(/[\r\n]+/g, ' '));
  }
  return { widget, values };
}

/** The address of what the builder has on screen. */
export function writeEmbed({ widget, values }: EmbedState): string {
  const query = new URLSearchParams([...values]).toString();
  return `#/embed/${widget.id}${query === '' ? '' : `?${query}`}`;
}

/** A field's value as it stands on screen. */
export function valueOf({ values }: EmbedState, field: EmbedField): string {
  return values.get(field.name) ?? field.begin ?? field.first;
}

/** The attributes that have to be written: those that are not what the widget takes anyway. */
export function attributesOf(state: EmbedState): readonly (readonly [name: string, value: string])[] {
  return state.widget.fields
    .map(field => [field.name, valueOf(state, field), field.first] as const)
    .filter(([, value, first]) => value !== first)
    .map(([name, value]) => [name, value] as const);
}

/** The widget as one writes it into a page. `script` is where embed.js lies. */
export function scriptSnippet(state: EmbedState, script: string, fallback: string): string {
  const element = `chalk-${state.widget.id}`;
  const attributes = attributesOf(state).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<script type="module" src="${escaped(script)}"></script>\n<${element}${attributes.join('')}>${fallback}</${element}>`;
}

/** The same as a page in a frame, for places that take no scripts. `frame` is where frame.html lies. */
export function frameSnippet(state: EmbedState, frame: string): string {
  const query = new URLSearchParams([['widget', state.widget.id], ...attributesOf(state).map(pair => [...pair])]);
  const { height } = state.widget;
  const title = escaped(say(state.widget.title));
  return `<iframe src="${escaped(`${frame}?${query}`)}" title="${title}" loading="lazy" width="100%" height="${height}"></iframe>`;
}

/** Text as it stands between the quotes of an attribute. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
