import { FastHost, type HostedFast, lost } from './fast-host.ts';
import type { Command, Reply, Value } from './messages.ts';

/** A training session inside the wasm. Its methods answer in JSON text. */
export interface HostedTrainer {
  step(count: number): string;
  reset(): string;
  set_rate(rate: number): void;
  set_param(name: string, values: Float64Array): void;
  detail(): string;
  evaluate(request: string): Float64Array;
  free(): void;
}

/** What the host needs of the wasm; tests put a fake in its place. */
export interface Wasm {
  call(request: string): string;
  open(spec: string): HostedTrainer;
  openFast(spec: string): HostedFast;
  /** A network, described in JSON, as a loss with its parameters and data. */
  network(description: string): string;
  /** Drops the instance and starts another from the compiled module. */
  restart(): void;
  /** Size of the instance's memory, in bytes. It never shrinks. */
  memory(): number;
}

/** Above this an idle instance is replaced: its memory would never shrink by itself. */
const memoryMark = 32 * 1024 * 1024;

/**
 * Runs commands on one wasm instance. An instance that trapped is dead (its memory may be in any state), so it is
 * replaced at once; a stateless call is then tried a second time, a training session is reported as lost.
 */
export class Host {
  private readonly trainers = new Map<number, HostedTrainer>();
  private readonly fast: FastHost;

  constructor(private readonly wasm: Wasm) {
    this.fast = new FastHost(spec => wasm.openFast(spec));
  }

  /** Does one command. Never throws. */
  run(command: Command): Reply {
    const reply = this.attempt(command);
    const again = reply.kind === 'trapped' && command.kind === 'call' ? this.attempt(command) : reply;
    if (this.trainers.size === 0 && this.fast.size === 0 && this.wasm.memory() > memoryMark) this.restart();
    return again;
  }

  private attempt(command: Command): Reply {
    try {
      return { kind: 'done', value: this.perform(command) };
    } catch (thrown) {
      if (thrown === lost) return { kind: 'lost' };
      // The engine refuses by throwing its error as text; whatever else is thrown is a trap.
      if (typeof thrown === 'string') return { kind: 'refused', error: thrown };
      this.restart();
      return { kind: 'trapped' };
    }
  }

  private perform(command: Command): Value {
    switch (command.kind) {
      case 'call':
        return this.wasm.call(command.request);
      case 'network':
        return this.wasm.network(command.description);
      case 'open-fast':
        this.fast.open(command.trainer, command.spec);
        return undefined;
      case 'use-fast':
        return this.fast.use(command.trainer, command.method, command.args);
      case 'open':
        this.trainers.set(command.trainer, this.wasm.open(command.spec));
        return undefined;
      case 'use':
        return this.use(command);
      case 'free': {
        const trainer = this.trainers.get(command.trainer);
        this.trainers.delete(command.trainer);
        trainer?.free();
        this.fast.free(command.trainer);
        return undefined;
      }
    }
  }

  private use(command: Extract<Command, { kind: 'use' }>): Value {
    const trainer = this.trainers.get(command.trainer);
    if (!trainer) throw lost;
    const [first, second] = command.args;
    switch (command.method) {
      case 'step':
        return trainer.step(first as number);
      case 'reset':
        return trainer.reset();
      case 'setRate':
        trainer.set_rate(first as number);
        return undefined;
      case 'setParam':
        trainer.set_param(first as string, second as Float64Array);
        return undefined;
      case 'detail':
        return trainer.detail();
      case 'evaluate':
        return trainer.evaluate(first as string);
    }
  }

  private restart(): void {
    this.trainers.clear();
    this.fast.clear();
    this.wasm.restart();
  }
}
