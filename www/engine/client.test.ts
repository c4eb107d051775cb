import { describe, expect, it, vi } from 'vitest';
import { WorkerChannel, type WorkerLike } from './channel.ts';
import { Engine, EngineError } from './client.ts';
import type { HostedFast } from './fast-host.ts';
import { Host, type HostedTrainer, type Wasm } from './host.ts';
import type { Tongue } from '../words/words.ts';
import type { Command, Reply } from './messages.ts';

/** Counts as a training session does: the state depends on everything that was done. */
class FakeTrainer implements HostedTrainer {
  private state = 0;
  private rate = 1;
  step(count: number): string {
    for (let done = 0; done < count; done += 1) this.state = this.state * 0.5 + this.rate;
    return JSON.stringify({ step: this.state });
  }
  reset(): string {
    this.state = 0;
    return JSON.stringify({ step: 0 });
  }
  set_rate(rate: number): void {
    this.rate = rate;
  }
  set_param(_name: string, values: Float64Array): void {
    this.state = values[0] ?? 0;
  }
  detail(): string {
    return '{}';
  }
  evaluate(): Float64Array {
    return Float64Array.of(this.state);
  }
  free(): void {}
}

/** The same behind numbers: the state is the number of steps. */
class FakeFast implements HostedFast {
  private done = 0;
  step(count: number): number {
    if (count > 1000) throw new WebAssembly.RuntimeError('unreachable');
    this.done += count;
    return this.done;
  }
  state(): string {
    return JSON.stringify({ step: this.done });
  }
  reset(): void {
    this.done = 0;
  }
  set_rate(): void {}
  gradient(): Float32Array {
    return Float32Array.of(this.done);
  }
  evaluate(): Float32Array {
    return Float32Array.of(this.done);
  }
  snapshot(): string {
    return String(this.done);
  }
  restore(snapshot: string): void {
    this.done = Number(snapshot);
  }
  formulas(): string {
    return '{"loss": "C"}';
  }
  largest_rate(): number | undefined {
    return undefined;
  }
  free(): void {}
}

/** Echoes requests. `{ trap: n }` traps the first n times; a trapped instance is dead until it is restarted. */
class FakeWasm implements Wasm {
  dead = false;
  restarts = 0;
  bytes = 0;
  private traps = 0;
  call(request: string): string {
    if (this.dead) throw new Error('used after a trap');
    const { trap = 0 } = JSON.parse(request) as { trap?: number };
    if (this.traps < trap) {
      this.traps += 1;
      this.dead = true;
      throw new WebAssembly.RuntimeError('unreachable');
    }
    return request;
  }
  open(spec: string): HostedTrainer {
    if (spec.includes('refuse')) throw '{"kind":"shape","message":"no"}';
    return new FakeTrainer();
  }
  openFast(spec: string): HostedFast {
    if (spec.includes('refuse')) throw '{"kind":"shape","message":"no"}';
    return new FakeFast();
  }
  network(description: string): string {
    if (description.includes('refuse')) throw '{"ok":false,"error":{"kind":"name","message":"no such name"}}';
    return description;
  }
  restart(): void {
    this.dead = false;
    this.restarts += 1;
    this.bytes = 0;
  }
  memory(): number {
    return this.bytes;
  }
}

/** A worker on this thread: starts and answers a little later, like a real one; `{ hang: true }` never answers. */
class FakeWorker implements WorkerLike {
  static started = 0;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  ended = false;
  readonly seen: string[] = [];
  readonly wasm = new FakeWasm();
  private readonly host = new Host(this.wasm);
  constructor() {
    FakeWorker.started += 1;
    setTimeout(() => this.tell({ ready: true }), 1);
  }
  postMessage(message: { id: number; command: Command }): void {
    const { id, command } = message;
    if (command.kind === 'call') {
      this.seen.push(command.request);
      if (command.request.includes('hang')) return;
    }
    setTimeout(() => this.tell({ id, reply: this.host.run(command) }), 3);
  }
  terminate(): void {
    this.ended = true;
  }
  private tell(data: unknown): void {
    if (!this.ended) this.onmessage?.({ data } as MessageEvent);
  }
}

function watched(limit = 40): { engine: Engine; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const create = (): WorkerLike => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  return { engine: new Engine(new WorkerChannel(create, limit)), workers };
}

interface Echo {
  id?: string;
  ok?: boolean;
  error?: { kind: string; message: string };
}

describe('the newest request wins', () => {
  it('drops what waits, and resolves what was superseded to undefined', async () => {
    const { engine, workers } = watched();
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(id => engine.latest<Echo>('typing', { id })));
    expect(answers.map(answer => answer?.id)).toEqual([undefined, undefined, undefined, 'd']);
    expect(workers[0]?.seen).toEqual(['{"id":"a"}', '{"id":"d"}']);
  });

  it('keeps channels apart, and plain calls out of it', async () => {
    const { engine } = watched();
    const answers = await Promise.all([
      engine.latest<Echo>('one', { id: 'a' }),
      engine.latest<Echo>('two', { id: 'b' }),
      engine.call<Echo>({ id: 'c' }),
    ]);
    expect(answers.map(answer => answer?.id)).toEqual(['a', 'b', 'c']);
  });

  it('answers again after a request was answered', async () => {
    const { engine } = watched();
    expect(await engine.latest<Echo>('typing', { id: 'a' })).toEqual({ id: 'a' });
    expect(await engine.latest<Echo>('typing', { id: 'b' })).toEqual({ id: 'b' });
  });
});

describe('recovery', () => {
  it('replaces a trapped instance and tries once more', async () => {
    const { engine, workers } = watched();
    expect(await engine.call<Echo>({ id: 'a', trap: 1 })).toEqual({ id: 'a', trap: 1 });
    expect(workers[0]?.wasm.restarts).toBe(1);
  });

  it('says calmly that a second trap was too much, and goes on', async () => {
    const { engine } = watched();
    const answer = await engine.call<Echo>({ id: 'a', trap: 2 });
    expect(answer).toMatchObject({ id: 'a', ok: false, error: { kind: 'limit' } });
    expect(await engine.call<Echo>({ id: 'b' })).toEqual({ id: 'b' });
  });

  it('ends a worker that gives no answer, and goes on with another', async () => {
    const { engine, workers } = watched();
    const [late, next] = await Promise.all([engine.call<Echo>({ id: 'hang' }), engine.call<Echo>({ id: 'b' })]);
    expect(late).toMatchObject({ id: 'hang', ok: false, error: { kind: 'limit' } });
    expect(next).toEqual({ id: 'b' });
    expect(workers.map(worker => worker.ended)).toEqual([true, false]);
  });

  it('says when the engine cannot be loaded, and tries again at the next request', async () => {
    let starts = 0;
    const engine = new Engine(
      new WorkerChannel(() => {
        starts += 1;
        if (starts === 1) throw new Error('blocked');
        return new FakeWorker();
      }),
    );
    const answer = await engine.call<Echo>({ id: 'a' });
    expect(answer.error?.message).toContain('blocked');
    expect(await engine.call<Echo>({ id: 'b' })).toEqual({ id: 'b' });
  });

  it('replaces an idle instance whose memory has grown large', () => {
    const wasm = new FakeWasm();
    const host = new Host(wasm);
    wasm.bytes = 40 * 1024 * 1024;
    expect(host.run({ kind: 'call', request: '{}' })).toEqual({ kind: 'done', value: '{}' });
    expect(wasm.restarts).toBe(1);
  });
});

describe('names', () => {
  it('lets a Map carry a variable of any name', async () => {
    const { engine, workers } = watched();
    await engine.call({ vars: new Map([['__proto__', ['n']]]) });
    expect(workers[0]?.seen).toEqual(['{"vars":{"__proto__":["n"]}}']);
  });
});

describe('training', () => {
  it('rejects with the error of the engine', async () => {
    const { engine } = watched();
    const refused = engine.trainer({ loss: 'refuse' });
    await expect(refused).rejects.toBeInstanceOf(EngineError);
    await expect(refused).rejects.toMatchObject({ failure: { kind: 'shape', message: 'no' } });
  });

  it('goes on where it stood after the engine was started anew', async () => {
    const disturbed = watched();
    const calm = watched();
    const states = [];
    for (const { engine } of [disturbed, calm]) {
      const trainer = await engine.trainer({ loss: 'x' });
      await trainer.step(3);
      await trainer.reset();
      await trainer.step(700);
      await trainer.setRate(0.3);
      await trainer.setRate(0.2);
      await trainer.step(2);
      await trainer.setParam('w', [5]);
      await trainer.step(1);
      if (engine === disturbed.engine) {
        await engine.call({ trap: 2 });
        await engine.call({ hang: true });
      }
      states.push([await trainer.step(1), Array.from(await trainer.evaluate('x', {}))]);
    }
    expect(disturbed.workers.length).toBe(2);
    expect(states[0]).toEqual(states[1]);
  });
});

describe('fast training', () => {
  it('rejects with the error of the engine', async () => {
    const { engine } = watched();
    await expect(engine.fastTrainer({ loss: 'refuse' })).rejects.toMatchObject({ failure: { kind: 'shape' } });
    await expect(engine.network({ loss: 'refuse' })).rejects.toMatchObject({ failure: { message: 'no such name' } });
  });

  it('goes on from its last snapshot after the engine was started anew', async () => {
    const { engine, workers } = watched();
    const trainer = await engine.fastTrainer({ loss: 'x' });
    await trainer.step(30);
    expect((await trainer.state()).state).toEqual({ step: 30 });
    await engine.call({ trap: 2 });
    expect((await trainer.state()).state).toEqual({ step: 30 });
    await trainer.step(5);
    await trainer.state();
    await engine.call({ hang: true });
    await trainer.step(1);
    expect(Array.from(await trainer.gradient('w'))).toEqual([36]);
    expect(workers.length).toBe(2);
  });

  it('says calmly that a second trap was too much', async () => {
    const { engine } = watched();
    const trainer = await engine.fastTrainer({ loss: 'x' });
    await expect(trainer.step(2000)).rejects.toBeInstanceOf(EngineError);
    await trainer.step(1);
    expect(await trainer.state()).toEqual({ state: { step: 1 }, snapshot: '1' });
  });
});

describe('the language', () => {
  it('goes with every request, and English needs no word', async () => {
    const { engine, workers } = watched();
    await engine.call({ op: 'a' });
    await engine.speaking(() => 'de').call({ op: 'b' });
    await engine.speaking(() => 'pseudo').call({ op: 'c', language: 'de' });
    expect(workers[0]?.seen).toEqual(['{"op":"a"}', '{"op":"b","language":"de"}', '{"op":"c"}']);
  });

  it('may change in mid-training: the session goes on where it stood', async () => {
    const { engine } = watched();
    let spoken: Tongue = 'en';
    const learner = engine.speaking(() => spoken);
    const [trainer, fast] = [await learner.trainer({ loss: 'x' }), await learner.fastTrainer({ loss: 'x' })];
    const [calm] = [await engine.trainer({ loss: 'x' })];
    await trainer.step(3);
    await fast.step(3);
    spoken = 'de';
    await calm.step(3);
    expect(await trainer.step(2)).toEqual(await calm.step(2));
    await fast.step(2);
    expect((await fast.state()).state).toEqual({ step: 5 });
  });
});

describe('the watchdog', () => {
  it('does not count the time it takes to load', async () => {
    vi.useFakeTimers();
    try {
      const worker: WorkerLike & { reply?: Reply } = {
        onmessage: null,
        onerror: null,
        postMessage: () => {},
        terminate: vi.fn(),
      };
      const channel = new WorkerChannel(() => worker, 100);
      const reply = channel.run({ kind: 'call', request: '{}' });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(worker.terminate).not.toHaveBeenCalled();
      worker.onmessage?.({ data: { ready: true } } as MessageEvent);
      await vi.advanceTimersByTimeAsync(200);
      expect(await reply).toEqual({ kind: 'late' });
      expect(worker.terminate).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});
