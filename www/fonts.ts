/** The faces that every derivation is set in. */
const faces = [
  '400 1em "Source Serif 4 Variable"',
  '400 1em "Inter Variable"',
  '400 1em KaTeX_Main',
  'italic 400 1em KaTeX_Math',
] as const;

/** Milliseconds a page waits for its faces; a slow network must not hide the text for longer. */
const patience = 400;

/**
 * Fetches the faces and settles once they are there, or after a short while without them. What is laid out after that
 * has its final lines, so that nothing moves under the reader.
 */
export async function facesReady(): Promise<void> {
  const waiting = new Promise<void>(resolve => setTimeout(resolve, patience));
  await Promise.race([Promise.allSettled(faces.map(face => document.fonts.load(face))), waiting]);
}
