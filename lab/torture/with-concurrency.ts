export async function withConcurrency<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
  atOnce = 8,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
