/**
 * Puts a widget on paper or on the board. `theme="light"` and `theme="dark"` say which; otherwise it is what lies
 * behind the widget that counts, not what the reader's system prefers: many pages know one ground only.
 * Returns how to stop watching.
 */
export function watchGround(host: HTMLElement): () => void {
  const apply = (): void => {
    const theme = host.getAttribute('theme');
    const board = theme === 'dark' || (theme !== 'light' && isDark(colourBehind(host)));
    const ground = board ? 'board' : 'paper';
    if (host.dataset['ground'] !== ground) host.dataset['ground'] = ground;
  };
  apply();
  const changes = new MutationObserver(apply);
  const switches = {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-theme', 'data-md-color-scheme', 'theme'],
  };
  for (const element of [host, document.documentElement, document.body]) changes.observe(element, switches);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', apply);
  return () => {
    changes.disconnect();
    dark.removeEventListener('change', apply);
  };
}

/** The colour of the nearest ancestor that paints its background; undefined where none does. */
function colourBehind(host: HTMLElement): string | undefined {
  for (let element: Element | null = host.parentElement; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (channels(colour)[3] !== 0) return colour;
  }
  // Nobody paints: the browser's own canvas shows, dark only where the page asked for it.
  const schemes = getComputedStyle(document.documentElement).colorScheme;
  const dark = schemes.includes('dark') && window.matchMedia('(prefers-color-scheme: dark)').matches;
  return dark ? 'rgb(0, 0, 0)' : undefined;
}

function isDark(colour: string | undefined): boolean {
  if (colour === undefined) return false;
  const [red, green, blue] = channels(colour);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** Red, green, blue and opacity, as one painted pixel has them: whatever way the colour is written. */
function channels(colour: string): readonly [number, number, number, number] {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return [255, 255, 255, 255];
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 255, green = 255, blue = 255, opacity = 255] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, opacity];
}
