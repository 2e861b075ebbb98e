// Returns `before` with the fields that the call sets. Fields that it does not set are undefined; a plain spread would
// erase their old values.
export function withDefinedFields<T extends object>(
  before: T,
  input: { [K in keyof T]?: T[K] | undefined } | null | undefined,
): T {
  const named = Object.entries(input ?? {}).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(named) as Partial<T>) };
}
