import type { ReactNode } from "react";

/** Renders the tag `<whole>` of a translated text. Its contents, such as an e-mail address, stay on one line. */
export function keepOnOneLine(words: ReactNode) {
  return (
    <span key="whole" className="whole">
      {words}
    </span>
  );
}
