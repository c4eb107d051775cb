// What the driver (browser.mjs) calls in the page.
import { soak } from './soak.mjs';

window.bench = {
  /** Results, one network after the other. */
  training: async only => {
    const { training } = await import('../training.mjs');
    return training(only, result => console.log(`measured ${result.name}`));
  },
  soak,
};
