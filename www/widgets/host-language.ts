import { languages, pseudoTag, type Tongue } from '../words/words.ts';

/** The language of a widget: its own `lang`, else the nearest one on the host's page that is one of ours, else English. */
export function hostLanguage(host: Element): Tongue {
  for (let node: Node | null = host; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    const tag = node instanceof Element ? node.getAttribute('lang') : null;
    if (tag === pseudoTag) return 'pseudo';
    if (!tag) continue;
    const [language] = tag.toLowerCase().split('-');
    return languages.find(({ id }) => id === language)?.id ?? 'en';
  }
  return 'en';
}

/** Calls `changed` when a `lang` on the host's page changes. Returns how to stop. */
export function watchLanguage(host: Element, changed: () => void): () => void {
  const changes = new MutationObserver(changed);
  for (const root of new Set([document.documentElement, host.getRootNode()]))
    changes.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
  return () => changes.disconnect();
}
