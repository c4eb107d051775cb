import type { Channel } from './channel.ts';
import type { Command, Reply } from './messages.ts';

/** A command in the queue; `take` it back to have it never run. */
export interface Ticket {
  reply: Promise<Reply>;
  /** True when the command had not been started, and now never will be. */
  take(): boolean;
}

interface Entry {
  command: Command;
  settle: (reply: Reply) => void;
}

/** Sends commands one at a time, first come, first served: what is superseded while it waits costs nothing. */
export class Queue {
  private readonly waiting: Entry[] = [];
  private busy = false;

  constructor(private readonly channel: Channel) {}

  add(command: Command): Ticket {
    let settle: (reply: Reply) => void = () => {};
    const reply = new Promise<Reply>(resolve => {
      settle = resolve;
    });
    const entry = { command, settle };
    this.waiting.push(entry);
    void this.work();
    return { reply, take: () => this.remove(entry) };
  }

  private remove(entry: Entry): boolean {
    const place = this.waiting.indexOf(entry);
    if (place >= 0) this.waiting.splice(place, 1);
    return place >= 0;
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      next.settle(await this.channel.run(next.command));
    }
    this.busy = false;
  }
}
