import type { ReactNode } from "react";

/** Words that no line may break: an address, a number. For `<whole>` in messages. */
export function whole(words: ReactNode) {
  return (
    <span key="whole" className="whole">
      {words}
    </span>
  );
}
