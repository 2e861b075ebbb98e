export type ScreenPartLoadResult<Value> = { kind: "here"; value: Value } | { kind: "failed" };

/** Receives the name of a part that could not be loaded, and the error. */
export type OnPartFailure = (part: string, error: unknown) => void;

export async function loadScreenPart<Value>(
  name: string,
  { load, onFailure }: { load: () => Promise<Value>; onFailure: OnPartFailure },
): Promise<ScreenPartLoadResult<Value>> {
  try {
    return { kind: "here", value: await load() };
  } catch (error) {
    onFailure(name, error);
    return { kind: "failed" };
  }
}

export function mapLoadedPart<From, To>(
  part: ScreenPartLoadResult<From>,
  change: (value: From) => To,
): ScreenPartLoadResult<To> {
  return part.kind === "here" ? { kind: "here", value: change(part.value) } : part;
}
