export function find<E extends HTMLElement>(selector: string, within: ParentNode = document): E | null {
  return within.querySelector<E>(selector);
}

/** For elements that our own HTML always contains. */
export function get<E extends HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = find<E>(selector, within);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}
