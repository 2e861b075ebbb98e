// Derives two keys from NEXTAUTH_SECRET. One signs gift links in e-mails. The other encrypts the hash of the
// recipient's address in “this was not me” links. A change of NEXTAUTH_SECRET makes all these links invalid. Does not
// use IDENTITY_KEY: a mailed link must end a gift even after IDENTITY_KEY was destroyed or the supporter was erased.
import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "../env";

export function mailedLinkKey(purpose: "gift" | "address"): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "appeal", `mailed link: ${purpose}`, 32));
}
