// A typed name must not reorder the words around it.
import type { ReactNode } from "react";

/** Renders the tag `<name>` in a translated text. */
export function renderBidiIsolatedName(name: ReactNode) {
  return <bdi key="name">{name}</bdi>;
}
