/** The colours and the typeface of a picture, as the page's custom properties have them at its place. */
export interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** The colours of the names, in the order in which they are dealt. */
  readonly names: readonly string[];
  readonly font: string;
}

/** Reads the palette that holds for an element; a picture reads it anew at each painting, so a change of ground is seen. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (property: string, otherwise: string): string => style.getPropertyValue(property).trim() || otherwise;
  return {
    ground: colour('--card', '#fffefb'),
    ink: colour('--ink', '#1f1f1c'),
    soft: colour('--ink-soft', '#6c6a62'),
    line: colour('--line', '#e3dfd3'),
    names: [
      colour('--name-0', '#c8501e'),
      colour('--name-1', '#1f6fb2'),
      colour('--name-2', '#1f8a63'),
      colour('--name-3', '#8a4fa3'),
    ],
    font: style.fontFamily || 'sans-serif',
  };
}
