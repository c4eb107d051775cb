/** In a row that scrolls sideways, brings the link to what is on screen into sight. */
export function bringHereInSight(row: HTMLElement | null): void {
  const here = row?.querySelector<HTMLElement>('[aria-current="page"]');
  if (row && here) row.scrollLeft = here.offsetLeft - row.offsetLeft - 16;
}
