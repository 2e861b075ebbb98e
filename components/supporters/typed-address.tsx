import type { ReactNode } from "react";

/** Shows the typed e-mail address in a translated text, so that a typing mistake is noticed. A long address may break anywhere. */
export function emphasizedAddress(email: ReactNode) {
  return (
    <b key="address" className="typed-address">
      {email}
    </b>
  );
}
