import { adoptSheet } from '../elements/neuron-sheets.ts';
import { setTongueOf, tongueOf } from '../words/tongues.ts';
import { say } from '../words/widgets.ts';
import { loadTongue, speaking } from '../words/words.ts';
import { watchGround } from './host-ground.ts';
import { hostLanguage, watchLanguage } from './host-language.ts';
import type { Mount, Mounted, Place } from './widget.ts';

/** What makes a widget. */
export interface WidgetDefinition {
  /** The element's name. */
  readonly name: string;
  /** The attributes it listens to. */
  readonly attributes: readonly string[];
  /** The room kept free for it from the start, so that nothing below it jumps; `--chalk-height` overrides it. */
  readonly height: { readonly wide: string; readonly narrow: string };
  /** Fetches everything it needs. */
  readonly load: () => Promise<Mount>;
}

/** How far from the screen a widget begins to load. */
const nearness = '400px';

/**
 * Defines a widget's element. What stands between its tags is shown until the widget is ready, and stays when it
 * cannot be. Where the name is taken, by another copy of the script, that copy goes on alone.
 */
export function defineWidget(definition: WidgetDefinition): void {
  if (customElements.get(definition.name)) return;

  const frame = `:host { display: block; min-height: var(--chalk-height, ${definition.height.wide}); }
@media (max-width: 40rem) { :host { min-height: var(--chalk-height, ${definition.height.narrow}); } }
:host([hidden]) { display: none; }
.sorry { margin: 0.5em 0 0; font-size: 0.9em; }`;

  class LazyWidget extends HTMLElement {
    static readonly observedAttributes = definition.attributes;

    private mounted: Mounted | undefined;
    private visit: IntersectionObserver | undefined;
    private stopWatching: (() => void) | undefined;
    private stopListening: (() => void) | undefined;
    /** Counts arrivals on the page, so that a widget that came and went is not started late. */
    private arrival = 0;

    connectedCallback(): void {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      adoptSheet(root, frame);
      root.replaceChildren(document.createElement('slot'));
      this.stopWatching = watchGround(this);
      const arrival = ++this.arrival;
      this.visit = new IntersectionObserver(
        entries => {
          if (!entries.some(entry => entry.isIntersecting)) return;
          this.visit?.disconnect();
          void this.start(root, arrival);
        },
        { rootMargin: nearness },
      );
      this.visit.observe(this);
    }

    disconnectedCallback(): void {
      this.arrival += 1;
      this.visit?.disconnect();
      this.stopWatching?.();
      this.stopListening?.();
      this.mounted?.removed();
      this.mounted = undefined;
    }

    attributeChangedCallback(name: string, before: string | null, after: string | null): void {
      // The language is watched wherever it is set.
      if (before !== after && name !== 'lang') this.mounted?.attributeChanged(name);
    }

    private async start(root: ShadowRoot, arrival: number): Promise<void> {
      const place = placeOf(this, root);
      try {
        await speak(this, root);
        if (arrival === this.arrival) this.stopListening = watchLanguage(this, () => void this.listen(root));
        const mount = await definition.load();
        const mounted = await mount(place);
        if (arrival === this.arrival) this.mounted = mounted;
        else mounted.removed();
      } catch {
        place.giveUp(place.speaking(() => say('broken')));
      }
    }

    private async listen(root: ShadowRoot): Promise<void> {
      if (await speak(this, root)) this.mounted?.languageChanged();
    }
  }

  customElements.define(definition.name, LazyWidget);
}

/** Gives what stands in a widget the language of the widget; says whether that is another one than before. */
async function speak(host: HTMLElement, root: ShadowRoot): Promise<boolean> {
  const language = hostLanguage(host);
  if (language === tongueOf(root)) return false;
  try {
    await loadTongue(language);
  } catch {
    // Without its words the widget speaks English.
    return false;
  }
  setTongueOf(root, language);
  return true;
}

function placeOf(host: HTMLElement, root: ShadowRoot): Place {
  return {
    host,
    root,
    speaking: work => speaking(tongueOf(root), work),
    show(content) {
      if (content.parentNode !== root || root.childNodes.length !== 1) root.replaceChildren(content);
    },
    giveUp(sentence, from) {
      const sorry = document.createElement('p');
      sorry.className = 'sorry';
      sorry.setAttribute('role', 'status');
      sorry.textContent = sentence;
      if (from) sorry.dataset['from'] = from;
      root.replaceChildren(document.createElement('slot'), sorry);
    },
  };
}
