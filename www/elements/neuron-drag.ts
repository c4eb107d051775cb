/** What can be dragged on a canvas. */
export interface Draggable {
  /** Whether something that can be dragged lies there; it is then held. */
  grab(x: number, y: number): boolean;
  /** The held thing is moved there. */
  move(x: number, y: number): void;
  /** The held thing is let go. */
  drop(): void;
  /** Whether the pointer is over something that could be grabbed. */
  over(x: number, y: number): boolean;
}

/**
 * Lets things on a canvas be dragged by mouse, pen or finger. A finger that touches nothing scrolls the page as usual.
 * Whoever uses this also offers number fields: not everybody can drag.
 */
export function makeDraggable(canvas: HTMLCanvasElement, thing: Draggable): void {
  let held = false;
  const place = (event: { clientX: number; clientY: number }): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0 || !thing.grab(...place(event))) return;
    held = true;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (held) thing.move(...place(event));
    else canvas.classList.toggle('can-grab', thing.over(...place(event)));
  });
  const drop = (): void => {
    if (!held) return;
    held = false;
    thing.drop();
  };
  canvas.addEventListener('pointerup', drop);
  canvas.addEventListener('pointercancel', drop);
  // Only a touch on something that moves is kept from scrolling the page.
  canvas.addEventListener(
    'touchstart',
    event => {
      const touch = event.touches[0];
      if (touch && thing.over(...place(touch))) event.preventDefault();
    },
    { passive: false },
  );
}
