export type PageSectionLoadResult<Value> = { kind: "here"; value: Value } | { kind: "failed" };

/** Receives the name of a part that could not be loaded, and the error. */
export type OnPageSectionFailure = (part: string, error: unknown) => void;

export async function loadPageSection<Value>(
  name: string,
  { load, onFailure }: { load: () => Promise<Value>; onFailure: OnPageSectionFailure },
): Promise<PageSectionLoadResult<Value>> {
  try {
    return { kind: "here", value: await load() };
  } catch (error) {
    onFailure(name, error);
    return { kind: "failed" };
  }
}

export function mapLoadedPageSection<From, To>(
  part: PageSectionLoadResult<From>,
  change: (value: From) => To,
): PageSectionLoadResult<To> {
  return part.kind === "here" ? { kind: "here", value: change(part.value) } : part;
}
