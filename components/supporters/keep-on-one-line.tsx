import type { ReactNode } from "react";

/** Renders the tag `<whole>` of a message, whose content stays on one line, such as an e-mail address. */
export function keepOnOneLine(words: ReactNode) {
  return (
    <span key="whole" className="whole">
      {words}
    </span>
  );
}
