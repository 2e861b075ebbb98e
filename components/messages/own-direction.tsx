// A name that somebody typed, within a sentence of ours: it keeps its own direction and does not turn the words around it.
import type { ReactNode } from "react";

/** Draws the tag `<name>` of a message. */
export function ownDirection(name: ReactNode) {
  return <bdi key="name">{name}</bdi>;
}
