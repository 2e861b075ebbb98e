// A fair mutex: callers get the lock in the order in which they asked.

export class Mutex {
  private tail: Promise<void> = Promise.resolve();

  /**
   * Resolves with the function that releases the lock. Throws if the lock is not free within `timeoutMs`. The next
   * caller in the queue then gets the lock instead of this one.
   */
  async lock(timeoutMs?: number): Promise<() => void> {
    const previous = this.tail;
    let release: () => void = () => {};
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    if (timeoutMs === undefined || (await isReleasedWithin(previous, timeoutMs))) {
      await previous;
      return release;
    }
    void previous.then(release);
    throw Object.assign(new Error(`database: no lock within ${timeoutMs} ms`), { code: "LOCK_TIMEOUT" });
  }
}

function isReleasedWithin(lock: Promise<void>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs, false);
    void lock.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
