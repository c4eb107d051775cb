import { area } from './words.ts';

/** The pictures of the lessons. */
export const english = {
  table: 'The numbers as a table',
  stays: 'When {input} is nudged, {output} stays where it is.',
  moves: 'When {input} is nudged, {output} moves at the rate {rate}.',
  outputsdown: 'outputs down, inputs across',
  inputsdown: 'inputs down, outputs across',
  jacobian: 'The Jacobian: {legend}',
  cell: 'output {output}, input {input}: {value}',
  where: 'output {output}, input {input}',
  thecell: 'The cell',
  layout: 'Layout',
  numerator: 'numerator',
  denominator: 'denominator',
  each: 'Each output by each input',
  output: 'output',
  input: 'input',
  partial: 'partial derivative',
  corner: '{point} is the corner itself. The slope there is a choice, and the choice is {slope}.',
  on: '{point} is positive: the switch is on, and each weight’s derivative is its own input.',
  off: '{point} is negative: the switch is off, and all {number} derivatives are 0. The neuron is silent.',
  activation: 'The activation {name}. {finding}',
  slope: 'slope {slope}',
  weights: 'What nudging each weight does to the output',
  activationslope: 'slope of the activation',
  by: 'by {name}',
  nosecant:
    'With Δ{name} = 0 there is only one point, and no secant. The slope there is what the secants settled on: {tangent}.',
  agree:
    'At {name} = {x} with Δ{name} = {distance} the secant has slope {secant}, and so has the tangent: to two decimals they agree.',
  differ: 'At {name} = {x} with Δ{name} = {distance} the secant has slope {secant}, the tangent {tangent}.',
  curve: 'The curve {name}. {finding}',
  secant: 'secant',
  tangent: 'tangent',
  at: 'At {point}',
  secantslope: 'slope of the secant',
  onepath: 'At {point} the rates along the path, {rates}, multiply to the derivative: {derivative}.',
  severalpaths: 'At {point} the paths bring {products}. Added up, that is the derivative: {derivative}.',
  bumpgraph: 'The paths through {name}. {finding}',
  bumpbars: 'What each path makes of the bump, and what {name} really does',
  allpaths: 'all paths together',
  reallymoves: 'really',
  realmove: 'real Δ{name}',
  path: 'path {number}',
  bumpdiffer:
    'At {point} with {bump} the paths add up to {guesses} {sum}; {result} really moves by {real}. The rest is curvature: it shrinks faster than the bump.',
  bumpagree:
    'At {point} with {bump} the paths add up to {guesses} {sum}, and {result} really moves by {real}: to two decimals they agree.',
  map: '{name}: {down} × {across}',
  outputs: 'outputs',
  inside: 'inner',
  inputs: 'inputs',
  factors: {
    one: 'Row {row} times column {column}: {sum}. One path leads from {input} to output {row}.',
    other: 'Row {row} times column {column}: {sum}. {count} paths lead from {input} to output {row}, and they add up.',
  },
  nofactors: 'Row {row} times column {column}: {sum}. No path leads from {input} to output {row}.',
  rowtimescolumn: 'Each entry of the product: a row of the first times a column of the second',
  sum: 'sum',
} as const;

export const { say, saying } = area('pictures', english);
