// Merges a hash in which a call names only some fields. A field that was not named is undefined, and a plain spread would
// erase the old value.
export function overlaid<T extends object>(
  before: T,
  input: { [K in keyof T]?: T[K] | undefined } | null | undefined,
): T {
  const named = Object.entries(input ?? {}).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(named) as Partial<T>) };
}
