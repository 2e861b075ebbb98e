// Keeps a typed name from changing the order of the words around it, for example an Arabic name in an English text.
import type { ReactNode } from "react";

/**
 * Renders the tag `<name>` of a translated text. A name in another writing direction then does not change the order of
 * the text around it.
 */
export function renderBidiIsolatedName(name: ReactNode) {
  return <bdi key="name">{name}</bdi>;
}
