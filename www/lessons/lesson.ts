import type { Block, Shapes } from './blocks.ts';

/** A piece of running text. Formulas are in Chalkgrad's own language; the engine typesets them. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'formula'; readonly expr: string }
  | { readonly kind: 'question'; readonly expr: string; readonly wrt: string };

/** A paragraph, or a list of points. */
export type Prose =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] };

/** One idea: a heading, a few sentences, and something to look at or do. */
export interface LessonStep {
  readonly heading: string;
  readonly prose: readonly Prose[];
  readonly block: Block;
}

/** What the list of lessons shows. */
export interface LessonHead {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly about: string;
  /** The section of Parr & Howard it follows. */
  readonly paper: string;
  readonly minutes: number;
  /** Ids of lessons that should come first. */
  readonly needs: readonly string[];
}

/** A lesson as the page gets it. */
export interface Lesson {
  readonly head: LessonHead;
  /** The shape of every name; their order deals the colours. */
  readonly vars: Shapes;
  readonly steps: readonly LessonStep[];
}
