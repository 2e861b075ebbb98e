import type { ReactNode } from "react";

/** Renders the tag `<whole>` in a translated text, such as an e-mail address. */
export function keepOnOneLine(words: ReactNode) {
  return (
    <span key="whole" className="whole">
      {words}
    </span>
  );
}
