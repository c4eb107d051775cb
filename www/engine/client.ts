import { type Channel, LocalChannel, WorkerChannel } from './channel.ts';
import { failureOf } from './failure.ts';
import { FastTrainer } from './fast-trainer.ts';
import type { Reply } from './messages.ts';
import { Queue, type Ticket } from './queue.ts';
import { rememberReadings } from './readings.ts';
import { startWorker } from './start-worker.ts';
import type { BuiltNetwork } from './network.ts';
import { textOf, type Trainer, TrainerSession, valueFrom } from './trainer.ts';
import { languageOf, speaking, type Tongue, tongue } from '../words/words.ts';

export { EngineError, type Failure } from './failure.ts';
export type { FastState, FastTrainer, Formulas } from './fast-trainer.ts';
export type { BuiltNetwork } from './network.ts';
export type { Trainer, TrainerState } from './trainer.ts';

/**
 * The engine, as a page uses it: requests of the batch contract in, answers out. It never rejects for a reason of the
 * engine's: an answer with `ok: false` says what went wrong, also when the engine had to be started anew.
 *
 * Variables may have any name, `__proto__` too: where a request holds names, a `Map` is the safe thing to give.
 */
export class Engine {
  private readonly queue: Queue;
  private readonly newest = new Map<string, { ticket: Ticket; drop: () => void }>();

  /** @param spoken the language in which to answer: the page's, unless somebody speaks another */
  constructor(
    channel: Channel | Queue,
    private readonly spoken: () => Tongue = tongue,
  ) {
    this.queue = channel instanceof Queue ? channel : new Queue(channel);
  }

  /** The same engine for somebody who speaks a language of their own. */
  speaking(spoken: () => Tongue): Engine {
    return new Engine(this.queue, spoken);
  }

  /** Answers one request. */
  async call<T>(request: object): Promise<T> {
    return this.read<T>(request, await this.add(request).reply);
  }

  /**
   * Answers one request unless a newer one comes on the same channel: then this one resolves to `undefined` at once,
   * and if it has not been started, it never is.
   */
  latest<T>(channel: string, request: object): Promise<T | undefined> {
    this.newest.get(channel)?.drop();
    return new Promise(resolve => {
      const ticket = this.add(request);
      const drop = (): void => {
        ticket.take();
        resolve(undefined);
      };
      const mine = { ticket, drop };
      this.newest.set(channel, mine);
      void ticket.reply.then(reply => {
        if (this.newest.get(channel) === mine) this.newest.delete(channel);
        resolve(this.read<T>(request, reply));
      });
    });
  }

  /** Opens a training session; rejects with the engine's error. */
  async trainer(spec: object): Promise<Trainer> {
    trainers += 1;
    const session = new TrainerSession(this.queue, trainers, () => this.json(spec), this.spoken);
    await session.open();
    return session;
  }

  /** An answer; how its formulas are read is kept for those who show them. */
  private read<T>(request: object, reply: Reply): T {
    const read = speaking(this.spoken(), () => answer<T>(request, reply));
    rememberReadings(read, () => this.call({ ...request, mathml: true }));
    return read;
  }

  /** Opens a session that only trains, and fast; rejects with the engine's error. */
  async fastTrainer(spec: object): Promise<FastTrainer> {
    trainers += 1;
    const session = new FastTrainer(this.queue, trainers, () => this.json(spec), this.spoken);
    await session.open();
    return session;
  }

  /** A network as a loss with its parameters and data; rejects with the engine's error. */
  async network(description: object): Promise<BuiltNetwork> {
    const reply = await this.queue.add({ kind: 'network', description: this.json(description) }).reply;
    return JSON.parse(textOf(valueFrom(reply))) as BuiltNetwork;
  }

  private add(request: object): Ticket {
    return this.queue.add({ kind: 'call', request: this.json(request) });
  }

  /** A request as it travels. This is the one place that says in which language the answer shall be; English needs no word. */
  private json(request: object): string {
    const language = languageOf(this.spoken());
    // What the engine wrote itself, as the specification of a network, names the language of then.
    const { language: _then, ...asked } = request as { language?: unknown };
    return toJson(language === 'en' ? asked : { ...asked, language });
  }
}

/** Counts the sessions of all engines, which may share a channel. */
let trainers = 0;

/** Where an engine runs. */
export interface EngineOptions {
  /** `false` runs it on this thread, loaded when first needed: a page of another origin may not start our worker. */
  worker?: boolean;
  /** Milliseconds without an answer after which the worker is replaced. */
  limit?: number;
}

/** Makes an engine. It starts with its first request. */
export function createEngine(options: EngineOptions = {}): Engine {
  if (options.worker === false) return new Engine(new LocalChannel());
  return new Engine(new WorkerChannel(startWorker, options.limit));
}

/** The page's engine. */
export const engine: Engine = createEngine();

function answer<T>(request: object, reply: Reply): T {
  if (reply.kind === 'done') return JSON.parse(String(reply.value)) as T;
  const id = 'id' in request ? request.id : null;
  return { id, ok: false, error: failureOf(reply) } as T;
}

function toJson(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? Object.fromEntries(part) : part));
}
