// The keys of gift links and of “this was not me” links. They are not derived from IDENTITY_KEY: an old link must end a
// gift even after that key was destroyed or the supporter was erased. Changing NEXTAUTH_SECRET invalidates every such
// link.
import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "../env";

export function mailedLinkSigningKey(purpose: "gift" | "address"): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "appeal", `mailed link: ${purpose}`, 32));
}
