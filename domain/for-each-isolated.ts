export type ForEachIsolatedOptions<T> = {
  /**
   * Called if `work` fails for a row. Must report the failure. Must also postpone the row if the next batch would
   * otherwise begin with the same row.
   */
  onFailure: (row: T, error: unknown) => Promise<void> | void;
  concurrency?: number;
  /** Called before each row. If it returns false, no further row is started. */
  mayStart?: () => boolean;
};

export type FailureReporter = (id: string, error: unknown) => void;

/**
 * Calls `work` for each row, even if it fails for other rows, until `mayStart` returns false. Returns the number of
 * rows that succeeded. If `onFailure` throws, still processes the other rows, and then throws the first error of
 * `onFailure`.
 */
export async function forEachIsolated<T>(
  rows: readonly T[],
  work: (row: T) => Promise<unknown>,
  { onFailure, concurrency = 1, mayStart = () => true }: ForEachIsolatedOptions<T>,
): Promise<number> {
  const queue = rows.values();
  const broken: unknown[] = [];
  let succeeded = 0;
  const processRow = async (row: T) => {
    try {
      await work(row);
      succeeded += 1;
    } catch (error) {
      await onFailure(row, error);
    }
  };
  const worker = async () => {
    for (const row of queue) {
      if (!mayStart()) return;
      await processRow(row).catch((error: unknown) => broken.push(error));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (broken.length > 0) throw broken[0];
  return succeeded;
}
