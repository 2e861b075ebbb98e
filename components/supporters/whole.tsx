import type { ReactNode } from "react";

/** Keeps an address or a number on one line. Draws `<whole>` in messages. */
export function keepOnOneLine(words: ReactNode) {
  return (
    <span key="whole" className="whole">
      {words}
    </span>
  );
}
