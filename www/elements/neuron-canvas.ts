import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { type Palette, readPalette } from '../draw/palette.ts';
import { prepareSurface, type Surface } from '../draw/surface.ts';
import { Worded } from '../words/worded.ts';

/**
 * What all pictures of the neuron share: a canvas that is painted again when its data, its size or the ground changes,
 * and that says in words what it shows.
 */
export abstract class NeuronCanvas extends Worded {
  /** What the picture shows, in words: the canvas's name for who cannot see it. */
  @property() finding = '';

  @query('canvas') protected readonly canvas!: HTMLCanvasElement | null;

  private size: ResizeObserver | undefined;
  private ground: MutationObserver | undefined;
  private readonly dark = window.matchMedia('(prefers-color-scheme: dark)');

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.finding}></canvas>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.size = new ResizeObserver(() => this.repaint());
    this.size.observe(this);
    this.ground = new MutationObserver(() => this.repaint());
    for (const owner of [document.documentElement, this.host()]) {
      if (owner) this.ground.observe(owner, { attributes: true, attributeFilter: ['data-ground', 'class', 'style'] });
    }
    this.dark.addEventListener('change', this.repaintLater);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size?.disconnect();
    this.ground?.disconnect();
    this.dark.removeEventListener('change', this.repaintLater);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.repaint();
  }

  /** Paints onto an empty surface. */
  protected abstract paint(surface: Surface, palette: Palette): void;

  /** Paints now. */
  protected repaint(): void {
    if (!this.canvas) return;
    const surface = prepareSurface(this.canvas);
    if (surface) this.paint(surface, readPalette(this));
  }

  /** Where a pointer is on the canvas, in CSS pixels. */
  protected placeOf(event: { clientX: number; clientY: number }): [number, number] {
    const box = this.canvas?.getBoundingClientRect();
    return box ? [event.clientX - box.left, event.clientY - box.top] : [0, 0];
  }

  private readonly repaintLater = (): void => this.repaint();

  private host(): Element | undefined {
    const root = this.getRootNode();
    return root instanceof ShadowRoot ? root.host : undefined;
  }
}
