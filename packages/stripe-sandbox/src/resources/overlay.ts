// A hash of which a call names only some fields: the others stay as they are. A field that was not named is undefined, and
// a plain spread would take the old value away.
export function overlaid<T extends object>(
  before: T,
  given: { [K in keyof T]?: T[K] | undefined } | null | undefined,
): T {
  const named = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(named) as Partial<T>) };
}
