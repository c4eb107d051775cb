import type { english } from '../pictures.ts';
import type { Translation } from '../words.ts';

export const pictures: Translation<typeof english> = {
  table: 'Die Zahlen als Tabelle',
  stays: 'Stößt du {input} an, bleibt {output}, wo es ist.',
  moves: 'Stößt du {input} an, bewegt sich {output} mit der Rate {rate}.',
  outputsdown: 'Ausgänge nach unten, Eingänge nach rechts',
  inputsdown: 'Eingänge nach unten, Ausgänge nach rechts',
  jacobian: 'Die Jacobi-Matrix: {legend}',
  cell: 'Ausgang {output}, Eingang {input}: {value}',
  where: 'Ausgang {output}, Eingang {input}',
  thecell: 'Die Zelle',
  layout: 'Anordnung',
  numerator: 'Zähler',
  denominator: 'Nenner',
  each: 'Jeder Ausgang nach jedem Eingang',
  output: 'Ausgang',
  input: 'Eingang',
  partial: 'partielle Ableitung',
  corner: '{point} ist die Ecke selbst. Die Steigung ist dort Vereinbarung, und vereinbart ist {slope}.',
  on: '{point} ist positiv: Der Schalter ist an, und die Ableitung nach jedem Gewicht ist sein eigener Eingang.',
  off: '{point} ist negativ: Der Schalter ist aus, und alle {number} Ableitungen sind 0. Das Neuron schweigt.',
  activation: 'Die Aktivierung {name}. {finding}',
  slope: 'Steigung {slope}',
  weights: 'Was ein Stoß an jedem Gewicht mit dem Ausgang macht',
  activationslope: 'Steigung der Aktivierung',
  by: 'nach {name}',
  nosecant:
    'Mit Δ{name} = 0 gibt es nur einen Punkt und keine Sekante. Die Steigung dort ist die, auf die sich die Sekanten eingependelt haben: {tangent}.',
  agree:
    'Bei {name} = {x} mit Δ{name} = {distance} hat die Sekante die Steigung {secant}, und die Tangente auch: Auf zwei Stellen stimmen sie überein.',
  differ: 'Bei {name} = {x} mit Δ{name} = {distance} hat die Sekante die Steigung {secant}, die Tangente {tangent}.',
  curve: 'Die Kurve {name}. {finding}',
  secant: 'Sekante',
  tangent: 'Tangente',
  at: 'Bei {point}',
  secantslope: 'Steigung der Sekante',
};
