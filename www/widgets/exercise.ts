import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Exercise } from '../engine/contract.ts';
import exerciseCss from '../lessons/exercise.css?inline';
import { given, type ShownExercise, shownExercise } from '../lessons/exercise.ts';
import fieldCss from '../styles/field.css?inline';
import stepsCss from '../styles/steps.css?inline';
import { readPractice } from '../views/practice-address.ts';
import { engineFor } from './engine.ts';
import { QuestionWidget, type Reply } from './question-widget.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import '../elements/lesson-ask.ts';

/** `<chalk-exercise topic="jacobian" seed="3">`: an exercise with hints, whose answer is judged. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new ExerciseWidget(place);
  await widget.ask();
  return widget;
}

class ExerciseWidget extends QuestionWidget {
  private shown: ShownExercise | undefined;

  constructor(place: Place) {
    super(place, fieldCss, stepsCss, exerciseCss);
    this.box.addEventListener('lesson-solved', event => {
      const { topic, seed } = this.shown?.exercise ?? {};
      this.tell('solved', { topic, seed }, event);
    });
  }

  async ask(): Promise<void> {
    const { topic, seed } = this.wanted();
    const request = { op: 'exercise', topic, seed };
    const reply = await engineFor(this.place).latest<Reply<Exercise>>(this.channel, request);
    if (!reply) return;
    if (!reply.ok) {
      this.place.giveUp([reply.error.message, reply.error.hint].filter(Boolean).join(' '), 'engine');
      return;
    }
    // What is typed on somebody else's page is not kept there.
    this.shown = shownExercise(reply, '', engineFor(this.place));
    this.show();
  }

  protected content(): TemplateResult | typeof nothing {
    if (!this.shown) return nothing;
    const { exercise, block, context } = this.shown;
    return html`
      <p class="widget-given">${given(exercise)}</p>
      ${keyed(block.id, html`<lesson-ask .block=${block} .context=${context}></lesson-ask>`)}
      <p class="widget-foot">
        <button type="button" class="button-quiet" @click=${() => this.another()}>${say('other')}</button>
      </p>
    `;
  }

  /** A rule is a topic as well. */
  private wanted(): { topic: string; seed: number } {
    const params = new URLSearchParams({ seed: this.attribute('seed') || '1' });
    return readPractice(this.attribute('rule') || this.attribute('topic'), params);
  }

  private another(): void {
    this.place.host.setAttribute('seed', String(this.wanted().seed + 1));
  }
}
