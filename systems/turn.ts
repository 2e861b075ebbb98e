// A queue of one: each taker waits until the one before it has released.

export class Turn {
  private tail: Promise<void> = Promise.resolve();

  async take(): Promise<() => void> {
    const before = this.tail;
    let release: () => void = () => {};
    this.tail = new Promise((done) => {
      release = done;
    });
    await before;
    return release;
  }
}
