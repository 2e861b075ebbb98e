import type { ReactNode } from "react";

/** Renders the tag `<whole>` in a translated text. Its content, such as an e-mail address, stays on one line. */
export function keepOnOneLine(words: ReactNode) {
  return (
    <span key="whole" className="whole">
      {words}
    </span>
  );
}
