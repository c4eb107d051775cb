import { area } from './words.ts';

/** The computation graph. */
export const english = {
  title: 'Computation graph',
  table: 'The graph as a table',
  direction: 'Direction',
  forward: 'Values forward',
  backward: 'Derivatives backward',
  back: 'One node back',
  on: 'One node on',
  play: 'Play',
  pause: 'Pause',
  count: '{shown} of {all}',
  all: 'Show all',
  sheet: 'The computation graph',
  sheetof: 'The computation graph of {name}',
  pick: 'Pick a node: the board then shows its step.',
  pickplain: 'Pick a node: its step then stands below.',
  belongs: 'Step {step} belongs to {node}.',
  belongsway: 'Step {step} of the way “{way}” belongs to {node}.',
  seek: 'Show it on the board',
  point: 'Numbers at {point}, rounded to two decimals.',
  paths: {
    one: 'One path leads from the variable to the result: its product is the derivative.',
    other: '{count} paths lead from the variable to the result: their products add up to the derivative.',
  },
  first: ' Here are the first {number}.',
  node: 'Node',
  made: 'Made of',
  shape: 'Shape',
  value: 'Value',
  locals: 'Local derivatives',
  adjoint: 'Derivative of the result',
  step: 'Step',
  variable: 'the variable',
  none: 'none: it stands in a condition',
  onboard: 'Step {step} on the board',
} as const;

export const { say, saying } = area('graph', english);
