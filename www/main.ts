import { html, render, type TemplateResult } from 'lit';
import type { Place } from './elements/page-header.ts';
import './elements/page-header.ts';
import { lightNames } from './elements/name-colours.ts';
import { facesReady } from './fonts.ts';
import { recallGround } from './ground.ts';
import { currentRoute, onRoute, type Route } from './router.ts';
import { say, saying } from './words/page.ts';
import { onLanguage, recallLanguage } from './words/language.ts';

/** Every view is a module of its own, fetched when it is first looked at. */
const modules = import.meta.glob<unknown>('./views/{explore,lessons,lesson,neuron,network,practice,rules,embed}.ts');

const places: readonly Place[] = (
  ['explore', 'lessons', 'practice', 'neuron', 'network', 'rules', 'embed'] as const
).filter(view => moduleOf(view) !== undefined);

function moduleOf(view: string): (() => Promise<unknown>) | undefined {
  return modules[`./views/${view}.ts`];
}

/** The element of a view, and the module that defines it. */
function contents(route: Route): { module: string; body: TemplateResult } | undefined {
  switch (route.view) {
    case 'explore':
      return { module: 'explore', body: html`<explore-view></explore-view>` };
    case 'lessons':
      return route.rest === ''
        ? { module: 'lessons', body: html`<lessons-view></lessons-view>` }
        : { module: 'lesson', body: html`<lesson-view lesson=${route.rest}></lesson-view>` };
    case 'neuron':
      return { module: 'neuron', body: html`<neuron-view></neuron-view>` };
    case 'network':
      return { module: 'network', body: html`<network-view></network-view>` };
    case 'practice':
      return { module: 'practice', body: html`<practice-view .topic=${route.rest}></practice-view>` };
    case 'rules':
      return { module: 'rules', body: html`<rules-view .rule=${route.rest}></rules-view>` };
    case 'embed':
      return { module: 'embed', body: html`<embed-view></embed-view>` };
    default:
      return undefined;
  }
}

const nowhere = (): TemplateResult => html`<section class="page-plain">
  <h1>${say('nowhere')}</h1>
  <p>${saying('leads', { link: html`<a href="#/explore">${say('goexplore')}</a>` })}</p>
</section>`;

const failed = (): TemplateResult => html`<section class="page-plain">
  <h1>${say('failed')}</h1>
  <p>${say('reload')}</p>
</section>`;

/** Asked for at once, beside the first view's own code. */
const faces = facesReady();
const words = recallLanguage();

let shown: Route | undefined;

async function show(route: Route): Promise<void> {
  const app = document.querySelector<HTMLElement>('#app');
  if (!app) return;
  const earlier = shown;
  shown = route;
  const content = contents(route);
  const load = content ? moduleOf(content.module)?.() : undefined;
  // Nothing is drawn in one language only to change into another.
  await words;
  if (shown !== route) return;
  draw(app, route, earlier ? undefined : () => html``);
  try {
    await Promise.all([load, faces]);
  } catch {
    if (shown === route) draw(app, route, failed);
    return;
  }
  if (shown !== route) return;
  draw(app, route, content && load ? () => content.body : nowhere);
  if (earlier && (earlier.view !== route.view || earlier.rest !== route.rest)) arrive(app);
}

let body = (): TemplateResult => html``;

/** Draws header and body; without a new body the old one stays until the next view is there. */
function draw(app: HTMLElement, route: Route, next: (() => TemplateResult) | undefined): void {
  body = next ?? body;
  const place = places.find(view => view === route.view);
  document.title = place ? say('title', { place: say(place) }) : 'Chalkgrad';
  render(
    html`<a class="skip" href="#main" @click=${skip}>${say('skip')}</a>
      <page-header .places=${places} .view=${route.view}></page-header>
      <main id="main" tabindex="-1">${body()}</main>`,
    app,
  );
}

/** The same in another language. The views say it anew themselves. */
function drawAgain(): void {
  const app = document.querySelector<HTMLElement>('#app');
  if (app && shown) draw(app, shown, undefined);
}

/** The address belongs to the router: the link moves the focus itself. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

/** A new page starts at its top, and readers who listen hear that it came. */
function arrive(app: HTMLElement): void {
  window.scrollTo(0, 0);
  app.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
}

recallGround();
lightNames(document.body);
onRoute(route => void show(route));
onLanguage(drawAgain);
void show(currentRoute());
