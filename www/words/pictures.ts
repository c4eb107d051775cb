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
  nosamples: 'Without a sample there is no mean, and nothing to learn from. Take one in again.',
  allsilent:
    '{name} ≤ 0 for every sample: all are silent, and no arrow is left. The gradient is {gradient}, so nothing can be learned from here.',
  nonesilent:
    'Every sample counts. The arrows add up to {sum}; times {factor} = {number}, that is the gradient {gradient}.',
  somesilent: {
    one: 'Sample {samples} is silent ({name} ≤ 0) and adds nothing. The other arrows add up to {sum}; times {factor} = {number}, that is the gradient {gradient}.',
    other:
      'Samples {samples} are silent ({name} ≤ 0) and add nothing. The other arrows add up to {sum}; times {factor} = {number}, that is the gradient {gradient}.',
  },
  samplesin: 'The samples: hollow is silent',
  sharesin: 'What each adds to the gradient: error times input',
  samplesdrawn: 'The samples in the plane of their two inputs. {finding}',
  sharesdrawn: 'One arrow for each sample that counts, tip to tail, with their sum and the gradient. {finding}',
  sum: 'sum',
  gradient: 'gradient',
  included: 'Samples taken in',
  sample: 'sample {place}',
  samplehead: 'sample',
  error: 'error',
  share: 'error times input',
  silent: '0, silent',
  gradientis: 'gradient, {factor} times the sum',
  start: 'start',
  told: '{finding} The trainer: {message}',
  startof: '{name} at the start',
  startat: 'Start at {names}',
  unmoved: 'No step yet. The loss is {loss}.',
  stuck: {
    one: '{count} step with {name} = {rate} changed nothing: the loss is still {last}.',
    other: '{count} steps with {name} = {rate} changed nothing: the loss is still {last}.',
  },
  above: {
    one: '{count} step with {name} = {rate}: the loss rose from {first} to {last}.',
    other:
      '{count} steps with {name} = {rate}: the loss is {last}, above the {first} it began with. The steps leap over the valley and back.',
  },
  reached: {
    one: '{count} step with {name} = {rate} took the loss from {first} to {last}.',
    other: '{count} steps with {name} = {rate} took the loss from {first} to {last}.',
  },
  climbed: {
    one: 'With {name} = {rate} the step went too far: the loss rose from {first} to {last}.',
    other:
      'With {name} = {rate}, step {count} made the loss larger: from {first} at the start it has come to {last}. The steps overshoot the valley.',
  },
  arrived: {
    one: 'With {name} = {rate} the step changed nothing: the loss is still {last}.',
    other:
      'After {count} steps with {name} = {rate} the loss has come from {first} to {last}, and the last step hardly changed it.',
  },
  fell: {
    one: '{count} step with {name} = {rate}: the loss fell from {first} to {last}.',
    other: '{count} steps with {name} = {rate}: the loss fell from {first} to {last}, and it is still falling.',
  },
  descent: 'The loss {loss} as contour lines, and the way of training. {finding}',
  steps: 'steps',
  step: 'step',
  loss: 'loss',
  play: 'Play',
  pause: 'Pause',
  onestep: 'One step',
  again: 'To the start',
  grid: 'The derivative of {expr} by {name}, cell by cell',
  gridcell: 'row {row}, column {column}: {value}',
  times: '{row} = {left} times {column} = {above} gives {value}.',
  emptycolumn: '{column} is 0: its whole column is empty. A weight whose input is 0 cannot change the loss.',
  emptyrow: '{row} is 0: its whole row is empty. Where the output asks for no change, no weight does.',
  pushes: 'When {column} is nudged, {row} moves at the rate {value}.',
} as const;

export const { say, saying } = area('pictures', english);
