/** Work that is done one after another, so that a reset never meets half a step. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Does it when everything before it is done, or has failed. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
