import type { ReactNode } from "react";

/** A typing mistake should be noticed. A long address may break anywhere. */
export function emphasizedAddress(email: ReactNode) {
  return (
    <b key="address" className="typed-address">
      {email}
    </b>
  );
}
