import { expect, test } from 'vitest';
import type { Engine, Trainer, TrainerState } from '../engine/client.ts';
import { dataSets } from '../views/neuron-data.ts';
import { firstSettings } from './neuron-model.ts';
import { NeuronSession } from './neuron-session.ts';

/** A trainer that walks: each step adds 1 to the first weight. It stands still, refused, once the weight would be 10. */
class WalkingTrainer implements Trainer {
  freed = false;
  private steps = 0;
  private w: number[] = [0, 0];
  private b = 0;
  private stopped: TrainerState['stopped'] = null;

  async step(count: number): Promise<TrainerState> {
    for (let left = count; left > 0 && !this.stopped; left -= 1) {
      if ((this.w[0] ?? 0) >= 9) this.stopped = { why: 'diverged', message: 'Too far.', rate_advice: null };
      else {
        this.w = [(this.w[0] ?? 0) + 1, this.w[1] ?? 0];
        this.steps += 1;
      }
    }
    return this.state();
  }

  async reset(): Promise<TrainerState> {
    this.steps = 0;
    this.w = [0, 0];
    this.b = 0;
    this.stopped = null;
    return this.state();
  }

  async setRate(): Promise<void> {
    this.stopped = null;
  }

  async setParam(name: string, values: readonly number[]): Promise<void> {
    this.stopped = null;
    if (name === 'w') this.w = [...values];
    else this.b = values[0] ?? 0;
  }

  async detail(): Promise<unknown> {
    return { params: [], loss_latex: '', intermediates: [] };
  }

  async evaluate(): Promise<Float64Array> {
    return new Float64Array(0);
  }

  free(): void {
    this.freed = true;
  }

  private state(): TrainerState {
    return {
      step: this.steps,
      loss: 10 - (this.w[0] ?? 0),
      batch_loss: 1,
      params: { w: this.w, b: this.b },
      batch: [0],
      stopped: this.stopped,
    };
  }
}

async function opened(): Promise<{ session: NeuronSession; trainers: WalkingTrainer[] }> {
  const trainers: WalkingTrainer[] = [];
  const engine = {
    trainer: async () => {
      const trainer = new WalkingTrainer();
      trainers.push(trainer);
      return trainer;
    },
  } as unknown as Engine;
  const session = new NeuronSession(engine, dataSets[0], firstSettings);
  await session.open();
  return { session, trainers };
}

const steps = (session: NeuronSession): number[] => session.history.map(moment => moment.step);

test('every step is in the history, from the moment before the first one', async () => {
  const { session } = await opened();
  expect(steps(session)).toEqual([0]);
  expect(await session.advance(3)).toBe(true);
  expect(steps(session)).toEqual([0, 1, 2, 3]);
  expect(session.now?.w).toEqual([3, 0]);
});

test('a refused step adds nothing, says why, and a smaller rate lets training go on', async () => {
  const { session } = await opened();
  expect(await session.advance(20)).toBe(false);
  expect(session.now?.step).toBe(9);
  expect(session.stopped?.message).toBe('Too far.');
  expect(await session.advance(1)).toBe(false);
  expect(session.now?.step).toBe(9);
  await session.set({ ...firstSettings, rate: firstSettings.rate / 2 });
  expect(session.stopped).toBeNull();
  expect(session.history).toHaveLength(10);
});

test('going on from an earlier moment forgets what came after, and counts on from there', async () => {
  const { session } = await opened();
  await session.advance(5);
  await session.returnTo(2);
  expect(steps(session)).toEqual([0, 1, 2]);
  await session.advance(2);
  expect(steps(session)).toEqual([0, 1, 2, 3, 4]);
  expect(session.now?.w).toEqual([4, 0]);
});

test('other samples go on from the present weights, as a new beginning, and free the old session', async () => {
  const { session, trainers } = await opened();
  await session.advance(4);
  await session.setSamples([[1, 2, 3]]);
  expect(steps(session)).toEqual([0]);
  expect(session.now?.w).toEqual([4, 0]);
  expect(trainers.map(trainer => trainer.freed)).toEqual([true, false]);
});

test('weights put by hand are a new beginning, whatever the trainer counts', async () => {
  const { session } = await opened();
  await session.advance(4);
  await session.setWeights([1, 1], 2);
  expect(steps(session)).toEqual([0]);
  expect(session.now).toMatchObject({ w: [1, 1], b: 2, batch: [] });
  await session.advance(1);
  expect(steps(session)).toEqual([0, 1]);
});

test('an update is told with the moment it led to; before the first there is none', async () => {
  const { session } = await opened();
  await session.fetchDetail();
  expect(session.detail).toBeUndefined();
  await session.advance(2);
  await session.fetchDetail();
  expect(session.detail?.moment.step).toBe(2);
});
