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
  onepath: 'Bei {point} geben die Raten auf dem Pfad, {rates}, multipliziert die Ableitung: {derivative}.',
  severalpaths: 'Bei {point} bringen die Pfade {products}. Addiert ist das die Ableitung: {derivative}.',
  bumpgraph: 'Die Pfade durch {name}. {finding}',
  bumpbars: 'Was jeder Pfad aus dem Stoß macht, und was {name} wirklich tut',
  allpaths: 'alle Pfade zusammen',
  reallymoves: 'wirklich',
  realmove: 'wirkliches Δ{name}',
  path: 'Pfad {number}',
  bumpdiffer:
    'Bei {point} mit {bump} ergeben die Pfade zusammen {guesses} {sum}; wirklich bewegt sich {result} um {real}. Der Rest ist Krümmung: Er schrumpft schneller als der Stoß.',
  bumpagree:
    'Bei {point} mit {bump} ergeben die Pfade zusammen {guesses} {sum}, und {result} bewegt sich wirklich um {real}: Auf zwei Stellen stimmen sie überein.',
  map: '{name}: {down} × {across}',
  outputs: 'Ausgänge',
  inside: 'innen',
  inputs: 'Eingänge',
  factors: {
    one: 'Zeile {row} mal Spalte {column}: {sum}. Ein Pfad führt von {input} zu Ausgang {row}.',
    other:
      'Zeile {row} mal Spalte {column}: {sum}. {count} Pfade führen von {input} zu Ausgang {row}, und sie addieren sich.',
  },
  nofactors: 'Zeile {row} mal Spalte {column}: {sum}. Kein Pfad führt von {input} zu Ausgang {row}.',
  rowtimescolumn: 'Jeder Eintrag des Produkts: eine Zeile der ersten mal eine Spalte der zweiten',
  sum: 'Summe',
  nosamples: 'Ohne Stichprobe gibt es keinen Mittelwert und nichts zu lernen. Nimm wieder eine dazu.',
  allsilent:
    'Für jede Stichprobe ist {name} ≤ 0: Alle schweigen, und kein Pfeil ist übrig. Der Gradient ist {gradient}; von hier aus lässt sich nichts lernen.',
  nonesilent:
    'Jede Stichprobe zählt. Die Pfeile summieren sich zu {sum}; mal {factor} = {number} ist das der Gradient {gradient}.',
  somesilent: {
    one: 'Stichprobe {samples} schweigt ({name} ≤ 0) und trägt nichts bei. Die übrigen Pfeile summieren sich zu {sum}; mal {factor} = {number} ist das der Gradient {gradient}.',
    other:
      'Die Stichproben {samples} schweigen ({name} ≤ 0) und tragen nichts bei. Die übrigen Pfeile summieren sich zu {sum}; mal {factor} = {number} ist das der Gradient {gradient}.',
  },
  samplesin: 'Die Stichproben: hohl heißt stumm',
  sharesin: 'Was jede zum Gradienten beiträgt: Fehler mal Eingang',
  samplesdrawn: 'Die Stichproben in der Ebene ihrer beiden Eingänge. {finding}',
  sharesdrawn:
    'Ein Pfeil für jede Stichprobe, die zählt, Spitze an Schaft, dazu ihre Summe und der Gradient. {finding}',
  gradientname: 'Gradient',
  included: 'Mitgenommene Stichproben',
  sample: 'Stichprobe {place}',
  samplehead: 'Stichprobe',
  error: 'Fehler',
  share: 'Fehler mal Eingang',
  silent: '0, stumm',
  gradientis: 'Gradient, {factor} mal die Summe',
  start: 'Start',
  told: '{finding} Der Trainer: {message}',
  startof: '{name} am Start',
  startat: 'Start bei {names}',
  unmoved: 'Noch kein Schritt. Der Verlust ist {loss}.',
  stuck: {
    one: '{count} Schritt mit {name} = {rate} hat nichts geändert: Der Verlust ist noch immer {last}.',
    other: '{count} Schritte mit {name} = {rate} haben nichts geändert: Der Verlust ist noch immer {last}.',
  },
  above: {
    one: '{count} Schritt mit {name} = {rate}: Der Verlust stieg von {first} auf {last}.',
    other:
      '{count} Schritte mit {name} = {rate}: Der Verlust ist {last}, mehr als die {first} am Anfang. Die Schritte springen über das Tal hin und her.',
  },
  reached: {
    one: '{count} Schritt mit {name} = {rate} hat den Verlust von {first} auf {last} gebracht.',
    other: '{count} Schritte mit {name} = {rate} haben den Verlust von {first} auf {last} gebracht.',
  },
  climbed: {
    one: 'Mit {name} = {rate} ging der Schritt zu weit: Der Verlust stieg von {first} auf {last}.',
    other:
      'Mit {name} = {rate} hat Schritt {count} den Verlust vergrößert: Von {first} am Start ist er auf {last} gekommen. Die Schritte schießen über das Tal hinaus.',
  },
  arrived: {
    one: 'Mit {name} = {rate} hat der Schritt nichts geändert: Der Verlust ist noch immer {last}.',
    other:
      'Nach {count} Schritten mit {name} = {rate} ist der Verlust von {first} auf {last} gekommen, und der letzte Schritt hat ihn kaum noch geändert.',
  },
  fell: {
    one: '{count} Schritt mit {name} = {rate}: Der Verlust fiel von {first} auf {last}.',
    other: '{count} Schritte mit {name} = {rate}: Der Verlust fiel von {first} auf {last}, und er fällt noch.',
  },
  descent: 'Der Verlust {loss} als Höhenlinien, und der Weg des Trainings. {finding}',
  steps: 'Schritte',
  step: 'Schritt',
  lossname: 'Verlust',
  play: 'Abspielen',
  pause: 'Pause',
  onestep: 'Ein Schritt',
  again: 'Zum Start',
  gridof: 'Die Ableitung von {expr} nach {name}, Zelle für Zelle',
  gridcell: 'Zeile {row}, Spalte {column}: {value}',
  times: '{row} = {left} mal {column} = {above} ergibt {value}.',
  emptycolumn:
    '{column} ist 0: Die ganze Spalte ist leer. Ein Gewicht, dessen Eingang 0 ist, kann am Verlust nichts ändern.',
  emptyrow:
    '{row} ist 0: Die ganze Zeile ist leer. Wo der Ausgang keine Änderung verlangt, verlangt sie auch kein Gewicht.',
  pushes: 'Stößt du {column} an, bewegt sich {row} mit der Rate {value}.',
};
