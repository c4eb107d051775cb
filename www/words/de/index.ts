import { embed } from './embed.ts';
import { entries } from './entries.ts';
import { explore } from './explore.ts';
import { formula } from './formula.ts';
import { graph } from './graph.ts';
import { lessons } from './lessons.ts';
import { network } from './network.ts';
import { neuron } from './neuron.ts';
import { page } from './page.ts';
import { pictures } from './pictures.ts';
import { practice } from './practice.ts';
import { rules } from './rules.ts';
import { steps } from './steps.ts';
import { widgets } from './widgets.ts';

/** German, by area: one file that is fetched by those who read it. */
export const german = {
  embed,
  entries,
  explore,
  formula,
  graph,
  lessons,
  network,
  neuron,
  page,
  pictures,
  practice,
  rules,
  steps,
  widgets,
};
