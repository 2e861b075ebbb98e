// Many questions to the outside, a few at a time.

const AT_ONCE = 4;

/** Begins nothing more after `until`, where one is given; what has begun is waited for. */
export async function withConcurrency<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  until?: Date,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      if (until && Date.now() > until.getTime()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
