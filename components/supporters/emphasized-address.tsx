import type { ReactNode } from "react";

/** Shows an e-mail address in bold, so that a typing mistake is noticed. A long address can break anywhere. */
export function emphasizedAddress(email: ReactNode) {
  return (
    <b key="address" className="typed-address">
      {email}
    </b>
  );
}
