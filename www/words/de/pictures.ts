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
  onepath: 'Bei {point} sind die Raten auf dem Pfad {rates}. Multipliziert sind sie die Ableitung: {derivative}.',
  severalpaths:
    'Bei {point} geben die Raten auf jedem Pfad, multipliziert, {products}. Addiert sind das die Ableitung: {derivative}.',
  bumpgraph: 'Die Pfade durch {name}. {finding}',
  bumpbars: 'Was jeder Pfad aus dem Stoß macht, und was {name} wirklich tut',
  allpaths: 'alle Pfade zusammen',
  reallymoves: 'wirklich',
  realmove: 'wirkliches Δ{name}',
  path: 'Pfad {number}',
  bumpdiffer:
    'Bei {point} mit {bump} ergeben die Pfade zusammen {guesses} = {sum}; wirklich bewegt sich {result} um {real}. Der Rest ist die Krümmung, und er schrumpft schneller als der Stoß.',
  bumpagree:
    'Bei {point} mit {bump} ergeben die Pfade zusammen {guesses} = {sum}, und {result} bewegt sich wirklich um {real}: Auf zwei Stellen stimmen sie überein.',
  outershape: 'Ausgänge × innere',
  innershape: 'innere × Eingänge',
  productshape: 'Ausgänge × Eingänge',
  factors: {
    one: 'Zeile {row} mal Spalte {column}: {sum}. Ein Pfad führt von {input} zu Ausgang {row}.',
    other:
      'Zeile {row} mal Spalte {column}: {sum}. {count} Pfade führen von {input} zu Ausgang {row}, und sie addieren sich.',
  },
  nofactors: 'Zeile {row} mal Spalte {column}: {sum}. Kein Pfad führt von {input} zu Ausgang {row}.',
  rowtimescolumn: 'Jeder Eintrag des Produkts: eine Zeile der ersten mal eine Spalte der zweiten',
  sum: 'Summe',
};
