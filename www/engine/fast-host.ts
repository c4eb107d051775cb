import type { FastMethod, TrainerArgument, Value } from './messages.ts';

/** Thrown inside the host when a session is not (any more) there. */
export const lost = Symbol('lost');

/** A session inside the wasm that only trains. */
export interface HostedFast {
  step(count: number): number;
  state(): string;
  reset(): void;
  set_rate(rate: number): void;
  gradient(name: string): Float32Array;
  evaluate(request: string): Float32Array;
  snapshot(): string;
  restore(snapshot: string): void;
  formulas(): string;
  largest_rate(): number | undefined;
  free(): void;
}

/** The sessions of one instance that only train. */
export class FastHost {
  private readonly trainers = new Map<number, HostedFast>();

  constructor(private readonly make: (spec: string) => HostedFast) {}

  get size(): number {
    return this.trainers.size;
  }

  open(id: number, spec: string): void {
    this.trainers.set(id, this.make(spec));
  }

  use(id: number, method: FastMethod, [first]: readonly TrainerArgument[]): Value {
    const trainer = this.trainers.get(id);
    if (!trainer) throw lost;
    switch (method) {
      case 'step':
        return trainer.step(first as number);
      case 'state':
        return trainer.state();
      case 'reset':
        trainer.reset();
        return undefined;
      case 'setRate':
        trainer.set_rate(first as number);
        return undefined;
      case 'gradient':
        return trainer.gradient(first as string);
      case 'evaluate':
        return trainer.evaluate(first as string);
      case 'snapshot':
        return trainer.snapshot();
      case 'restore':
        trainer.restore(first as string);
        return undefined;
      case 'formulas':
        return trainer.formulas();
      case 'largestRate':
        return trainer.largest_rate();
    }
  }

  free(id: number): void {
    this.trainers.get(id)?.free();
    this.trainers.delete(id);
  }

  /** Forgets all sessions: their instance is gone. */
  clear(): void {
    this.trainers.clear();
  }
}
