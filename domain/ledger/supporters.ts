// Who gave, as far as Stripe told us: found by keyed hash, kept sealed.
import type { Recording } from "./recording";

/** The supporter with this e-mail, made if new. Null where Stripe gave none: the money is recorded all the same. */
export async function recordSupporter(
  { tx, now, identity }: Recording,
  { email, locale }: { email: string | null; locale: string },
): Promise<string | null> {
  if (!email) return null;
  const emailHash = identity.hash(email);
  const supporter = await tx.supporter.upsert({
    where: { emailHash },
    update: {},
    create: { id: crypto.randomUUID(), emailHash, emailSealed: identity.seal(email.trim()), locale, createdAt: now },
  });
  return supporter.id;
}
