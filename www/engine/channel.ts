import type { Command, Reply } from './messages.ts';

/** A way to an engine. Takes one command at a time; the caller waits for the reply before it sends the next. */
export interface Channel {
  /** Does one command. Never rejects: what goes wrong is a [`Reply`] too. */
  run(command: Command): Promise<Reply>;
}

/** The engine on this very thread, for pages that may not start a worker. Loaded at the first command. */
export class LocalChannel implements Channel {
  private host: Promise<{ run(command: Command): Reply }> | undefined;

  async run(command: Command): Promise<Reply> {
    this.host ??= load();
    try {
      return (await this.host).run(command);
    } catch (error) {
      this.host = undefined; // The next command tries to load again.
      return { kind: 'absent', reason: reasonOf(error) };
    }
  }
}

async function load(): Promise<{ run(command: Command): Reply }> {
  const [{ Host }, { loadWasm }] = await Promise.all([import('./host.ts'), import('./wasm.ts')]);
  return new Host(await loadWasm());
}

/** What a worker has to offer; tests put a fake in its place. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** A worker's messages, see `worker.ts`. */
interface FromWorker {
  ready?: true;
  absent?: string;
  id?: number;
  reply?: Reply;
}

/**
 * The engine in a worker, watched: a worker that gives no answer in time is ended and another takes its place.
 * Endless work never traps, so a trap cannot be the only way out.
 */
export class WorkerChannel implements Channel {
  private worker: WorkerLike | undefined;
  private ready = false;
  private id = 0;
  private waiting: { id: number; command: Command; settle: (reply: Reply) => void } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly create: () => WorkerLike,
    private readonly limit = 2000,
  ) {}

  run(command: Command): Promise<Reply> {
    return new Promise(resolve => {
      this.id += 1;
      this.waiting = { id: this.id, command, settle: resolve };
      try {
        this.worker ??= this.start();
      } catch (error) {
        this.end({ kind: 'absent', reason: reasonOf(error) });
        return;
      }
      this.worker.postMessage({ id: this.id, command });
      if (this.ready) this.watch();
    });
  }

  private start(): WorkerLike {
    const worker = this.create();
    worker.onmessage = event => this.hear(event.data as FromWorker);
    worker.onerror = event => this.fail(event);
    return worker;
  }

  private hear(message: FromWorker): void {
    if (message.ready) {
      this.ready = true;
      if (this.waiting) this.watch();
    } else if (message.absent !== undefined) {
      this.end({ kind: 'absent', reason: message.absent });
    } else if (message.reply && message.id === this.waiting?.id) {
      this.settle(message.reply);
    }
  }

  /** A worker that could not start is absent; one that broke down later has trapped. */
  private fail(event: ErrorEvent): void {
    // Browsers do not always say why.
    this.end(this.ready ? { kind: 'trapped' } : { kind: 'absent', reason: event.message });
  }

  private watch(): void {
    clearTimeout(this.timer);
    const late = this.waiting?.id;
    this.timer = setTimeout(() => {
      // After the computer slept the timer may run before an answer that has long been there: let that come first.
      this.timer = setTimeout(() => {
        if (this.waiting && this.waiting.id === late) this.end({ kind: 'late' });
      }, 50);
    }, this.limit);
  }

  private settle(reply: Reply): void {
    clearTimeout(this.timer);
    const waiting = this.waiting;
    this.waiting = undefined;
    waiting?.settle(reply);
  }

  /** Ends this worker, and with it every training session in it. The next command starts another. */
  private end(reply: Reply): void {
    if (this.worker) {
      this.worker.onmessage = null;
      this.worker.onerror = null;
      this.worker.terminate();
    }
    this.worker = undefined;
    this.ready = false;
    this.settle(reply);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
