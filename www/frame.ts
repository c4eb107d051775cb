/**
 * One widget as a page, for places that take a frame and no script: `frame.html?widget=derivation&expr=…`. The other
 * parameters are the widget's attributes.
 */
import { widgets } from './widgets/definitions.ts';
import { defineWidget } from './widgets/lazy-widget.ts';

const words = {
  heading: 'Chalkgrad',
  unknown: 'There is no such widget. These are known:',
} as const;

/** Longer values are cut, as the widgets do with their attributes. */
const longest = 4096;

function show(params: URLSearchParams): void {
  const place = document.querySelector('#frame');
  const wanted = `chalk-${params.get('widget') ?? ''}`;
  const definition = widgets.find(({ name }) => name === wanted);
  if (!definition) {
    const known = widgets.map(({ name }) => name.replace('chalk-', '')).join(', ');
    place?.replaceChildren(`${words.unknown} ${known}.`);
    return;
  }
  const theme = params.get('theme');
  if (theme === 'dark' || theme === 'light') {
    document.documentElement.dataset['ground'] = theme === 'dark' ? 'board' : 'paper';
  }
  defineWidget(definition);
  const widget = document.createElement(definition.name);
  for (const name of definition.attributes) {
    const value = params.get(name);
    if (value !== null) widget.setAttribute(name, value.slice(0, longest));
  }
  const heading = document.createElement('h1');
  heading.className = 'visually-hidden';
  heading.textContent = words.heading;
  place?.replaceChildren(heading, widget);
}

show(new URLSearchParams(location.search));
