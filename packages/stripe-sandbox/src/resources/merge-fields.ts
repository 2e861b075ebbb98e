// Returns `before` with the defined fields of `input`. Leaves out the undefined ones, because a plain spread would
// erase their old values.
export function mergeDefinedFields<T extends object>(
  before: T,
  input: { [K in keyof T]?: T[K] | undefined } | null | undefined,
): T {
  const named = Object.entries(input ?? {}).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(named) as Partial<T>) };
}
