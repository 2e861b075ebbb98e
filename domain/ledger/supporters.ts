// Who gave, as far as Stripe told us: found by keyed hash, kept sealed.
import type { Recording } from "./recording";
import { addRow, findRow } from "./rows";

/** The supporter with this e-mail, made if new. Null where Stripe gave none: the money is recorded all the same. */
export async function recordSupporter(
  { tx, now, identity }: Recording,
  { email, locale }: { email: string | null; locale: string },
): Promise<string | null> {
  if (!email) return null;
  const emailHash = identity.hash(email);
  const known = await findRow(tx, "Supporter", { emailHash });
  if (known) return known.id;
  const id = crypto.randomUUID();
  const row = { id, emailHash, emailSealed: identity.seal(email.trim()), locale, createdAt: now };
  await addRow(tx, "Supporter", row);
  return id;
}
