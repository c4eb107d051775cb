// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { widgets } from '../widgets/definitions.ts';
import { attributesOf, frameSnippet, readEmbed, scriptSnippet, valueOf, writeEmbed } from './embed-address.ts';
import { embedWidgets } from './embed-fields.ts';

const read = (rest: string, query = '') => readEmbed(rest, new URLSearchParams(query));

test('the builder has a field for every attribute of every widget, and no other', () => {
  const fields = embedWidgets.map(({ id, fields }) => [`chalk-${id}`, fields.map(({ name }) => name).toSorted()]);
  const attributes = widgets.map(({ name, attributes }) => [name, attributes.toSorted()]);
  expect(new Map(fields as [string, string[]][])).toEqual(new Map(attributes as [string, string[]][]));
});

test('an empty address begins with a derivation that has a question', () => {
  const state = read('');
  expect(state.widget.id).toBe('derivation');
  expect(attributesOf(state)).toEqual([
    ['expr', 'relu(w·x + b)'],
    ['wrt', 'w'],
  ]);
  expect(writeEmbed(state)).toBe('#/embed/derivation');
});

test('what is written is read again; what is no attribute is left out', () => {
  const state = read('network', 'set=xor&layers=6&onclick=x');
  expect(attributesOf(state)).toEqual([
    ['set', 'xor'],
    ['layers', '6'],
  ]);
  const address = writeEmbed(state);
  expect(read('network', address.split('?')[1])).toEqual(state);
});

test('an emptied field is empty, not what the builder begins with', () => {
  const state = read('exercise', 'topic=&rule=product');
  const topic = state.widget.fields.find(({ name }) => name === 'topic');
  expect(topic && valueOf(state, topic)).toBe('');
  expect(attributesOf(state)).toEqual([['rule', 'product']]);
});

test('the snippets carry any text, and nothing breaks out of its quotes', () => {
  const state = read('graph', new URLSearchParams({ expr: 'x<y & "z', wrt: 'x', at: '{"x": 2}' }).toString());
  const script = scriptSnippet(state, 'https://example.org/embed.js', 'A graph.');
  const page = new DOMParser().parseFromString(script, 'text/html');
  const element = page.querySelector('chalk-graph');
  expect(element?.getAttribute('expr')).toBe('x<y & "z');
  expect(element?.getAttribute('at')).toBe('{"x": 2}');
  expect(element?.getAttributeNames()).toEqual(['expr', 'wrt', 'at']);
  // Under another name, since a frame would be fetched.
  const snippet = frameSnippet(state, 'https://example.org/frame.html').replaceAll('iframe', 'span');
  const frame = new DOMParser().parseFromString(snippet, 'text/html');
  const address = new URL(frame.querySelector('span')?.getAttribute('src') ?? '');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    widget: 'graph',
    expr: 'x<y & "z',
    wrt: 'x',
    at: '{"x": 2}',
  });
});
