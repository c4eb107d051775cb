import { ways } from '../state.ts';
import { say } from '../words/steps.ts';

/** How a way is called on screen; one that the page does not know yet stands there by its name in requests. */
export function wayName(way: string): string {
  const known = ways.find(each => each === way);
  return known ? say(known) : way;
}
