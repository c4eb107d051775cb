/**
 * One widget as a page, for places that take a frame and no script: `frame.html?widget=derivation&expr=…`. The other
 * parameters are the widget's attributes.
 */
import { widgets } from './widgets/definitions.ts';
import { hostLanguage } from './widgets/host-language.ts';
import { defineWidget } from './widgets/lazy-widget.ts';
import { say } from './words/widgets.ts';
import { loadTongue, speaking } from './words/words.ts';

/** Longer values are cut, as the widgets do with their attributes. */
const longest = 4096;

async function show(params: URLSearchParams): Promise<void> {
  const place = document.querySelector('#frame');
  document.documentElement.lang = params.get('lang') ?? 'en';
  const wanted = `chalk-${params.get('widget') ?? ''}`;
  const definition = widgets.find(({ name }) => name === wanted);
  if (!definition) {
    const known = widgets.map(({ name }) => name.replace('chalk-', '')).join(', ');
    const spoken = hostLanguage(document.documentElement);
    await loadTongue(spoken).catch(() => undefined);
    place?.replaceChildren(speaking(spoken, () => say('unknown', { names: known })));
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
  heading.textContent = 'Chalkgrad';
  heading.translate = false;
  place?.replaceChildren(heading, widget);
}

void show(new URLSearchParams(location.search));
