/** Returns the former value of each top-level field of `before` that changed. */
export function previousAttributes<T extends object>(before: T, after: T): Record<string, unknown> {
  const changed = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify((after as Record<string, unknown>)[name]),
  );
  return Object.fromEntries(changed);
}
