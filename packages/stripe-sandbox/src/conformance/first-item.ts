export function firstItem<T>(list: T[]): T {
  const [found] = list;
  if (found === undefined) throw new Error("expected at least one object in the list");
  return found;
}
