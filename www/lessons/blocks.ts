/**
 * What a fenced block of a lesson may say. A block names an expression and what to show of it, never an answer: the
 * engine derives it on the page.
 */
import type { Inline } from './lesson.ts';
import type { PictureBlock } from './pictures.ts';

/** A dimension: a name or a positive whole number. */
export type Dimension = string | number;

/** Shapes by variable, as pairs: a lesson may have a variable called `constructor`. */
export type Shapes = readonly (readonly [name: string, shape: readonly Dimension[]])[];

/** A number or nested lists of numbers. */
export type Point = number | readonly Point[];

/** Values by variable, as pairs. */
export type Values = readonly (readonly [name: string, value: Point])[];

/** How a Jacobian is written down; the numbers never change. */
export type Layout = 'numerator' | 'denominator' | 'mixed';

/** What is differentiated by what: a name, or several scalar names read as one vector. */
export interface Question {
  readonly expr: string;
  readonly wrt: string | readonly string[];
  /** Which derivative; the first unless it says otherwise. */
  readonly order?: number;
  /** What is assumed of names, as requests write it. */
  readonly assume?: ReadonlyMap<string, string>;
  /** The way the derivation goes, where the question wants one. */
  readonly way?: string;
}

/** The range a slider or an axis covers. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** ```derive: a derivation, worked on the page by the engine. */
export interface DeriveBlock extends Question {
  readonly kind: 'derive';
  /** `steps` is the stepper, `result` the one line, `entries` the Jacobian opened into its entries. */
  readonly show: 'steps' | 'result' | 'entries';
  readonly layout?: Layout;
}

/** An answer that shows one particular slip, and what to say about it. */
export interface WrongAnswer {
  readonly answer: string;
  readonly say: readonly Inline[];
}

/** ```ask: an exercise. The right answer is nowhere here: the engine judges. */
export interface AskBlock extends Question {
  readonly kind: 'ask';
  /** Names the exercise in the page's address and in tests; unique in its lesson. */
  readonly id: string;
  readonly wrong: readonly WrongAnswer[];
  /** The id of the rule that it is about; its hints begin with that one. */
  readonly rule?: string;
  /** Points at which a wrong answer is put beside the derivative; the first at which the two differ is shown. */
  readonly at: readonly Values[];
}

/** ```rule: cards of rules, by their ids in the engine's catalogue. */
export interface RuleBlock {
  readonly kind: 'rule';
  readonly rules: readonly string[];
}

export type Block = DeriveBlock | PictureBlock | AskBlock | RuleBlock;
