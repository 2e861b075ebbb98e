// A queue of one: each taker waits until the one before it has released.

export class Mutex {
  private tail: Promise<void> = Promise.resolve();

  /** Throws where the turn has not come `withinMs`; it then passes on to the next as it comes. */
  async take(withinMs?: number): Promise<() => void> {
    const before = this.tail;
    let release: () => void = () => {};
    this.tail = new Promise((done) => {
      release = done;
    });
    if (withinMs === undefined || (await hasCome(before, withinMs))) {
      await before;
      return release;
    }
    void before.then(release);
    throw Object.assign(new Error(`database: no turn within ${withinMs} ms`), { code: "NO_TURN" });
  }
}

function hasCome(turn: Promise<void>, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, withinMs, false);
    void turn.then(() => {
      clearTimeout(patience);
      resolve(true);
    });
  });
}
