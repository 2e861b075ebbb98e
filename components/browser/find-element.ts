export function findElement<E extends HTMLElement>(selector: string, within: ParentNode = document): E | null {
  return within.querySelector<E>(selector);
}

/** Finds an element that our own HTML always contains, and throws an error if it is missing. */
export function getElement<E extends HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = findElement<E>(selector, within);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}
