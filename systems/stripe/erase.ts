// Erases a supporter at Stripe, as far as its API allows: ends and marks their recurring gifts, marks their single ones, takes
// back evidence, and deletes the customer. Each call is safe to repeat. Stripe keeps its own records of a payment, with the address, and no call removes them.
import "server-only";
import Stripe from "stripe";
import type { EvidenceLeft } from "../../domain/ledger/fact";
import { log } from "../log";
import { isAsking, listHeldEvidence } from "./dispute";
import { erasedMetadata, readOrigin } from "./metadata";

type Erased = { id: string; erasedAt: Date };

/** Marks a payment intent and its charges as erased, so that a ledger rebuilt from them names nobody. */
export async function eraseIntent(stripe: Stripe, { id, erasedAt }: Erased): Promise<void> {
  await markIntent(stripe, { id, metadata: erasedMetadata(erasedAt) });
}

/** Marks the payment intent and its charges. */
export async function markIntent(
  stripe: Stripe,
  { id, metadata }: { id: string; metadata: Record<string, string> },
): Promise<void> {
  await stripe.paymentIntents.update(id, { metadata });
  for await (const charge of stripe.charges.list({ payment_intent: id, limit: 100 }))
    await stripe.charges.update(charge.id, { metadata });
}

/** Ends the gift now, unless it has ended, and marks it. Nothing more is charged. */
export async function eraseSubscription(stripe: Stripe, { id, erasedAt }: Erased): Promise<void> {
  if (!(await endSubscription(stripe, id))) return;
  await stripe.subscriptions.update(id, { metadata: erasedMetadata(erasedAt) });
}

/** Ends a recurring gift at once. Its open invoice is not charged again. False if Stripe does not have it any more. */
export async function endSubscription(stripe: Stripe, id: string): Promise<boolean> {
  try {
    const { status } = await stripe.subscriptions.retrieve(id);
    if (status !== "canceled" && status !== "incomplete_expired") await stripe.subscriptions.cancel(id);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** A customer who also pays for something that is not ours stays: deleting them would end that too. */
export async function eraseCustomer(stripe: Stripe, { id }: Erased): Promise<void> {
  for await (const { metadata, status } of stripe.subscriptions.list({ customer: id, status: "all", limit: 100 }))
    if (!readOrigin(metadata) && status !== "canceled" && status !== "incomplete_expired") {
      log.warn(
        { customer: id },
        "a customer who was erased here has another product's subscription and stays at Stripe",
      );
      return;
    }
  try {
    await stripe.customers.del(id);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Removes all evidence that Stripe holds for a dispute and has not sent to the bank. If Stripe refuses that, each field is removed by
 * itself, and the answer names those that are left. What the bank has got stays with it. No call deletes a file: without the dispute it
 * names nobody's payment, and Stripe keeps it until it expires.
 */
export async function eraseEvidence(stripe: Stripe, { id }: Erased): Promise<EvidenceLeft[]> {
  const answer = (names: readonly string[]): EvidenceLeft[] => [{ kind: "evidence-left", disputeId: id, names }];
  try {
    const held = await listRemovable(stripe, id);
    if (held.length === 0 || (await isRemoved(stripe, { id, names: held }))) return answer([]);
    for (const name of held) await isRemoved(stripe, { id, names: [name] });
    // A person must remove what is left, because asking again would not help.
    const left = await listRemovable(stripe, id);
    if (left.length > 0) log.error({ dispute: id, fields: left }, LEFT);
    return answer(left);
  } catch (error) {
    if (isGone(error)) return answer([]);
    throw error;
  }
}

const LEFT = "Stripe keeps evidence of an erased supporter: remove it in its dashboard";

/** The evidence that Stripe holds. Once the bank asks no more, nothing of it can be removed. */
async function listRemovable(stripe: Stripe, id: string) {
  const dispute = await stripe.disputes.retrieve(id);
  return isAsking(dispute) ? listHeldEvidence(dispute) : [];
}

/** False if Stripe refuses these fields. A refused key says nothing about them: that throws, and the site asks again later. */
async function isRemoved(stripe: Stripe, { id, names }: { id: string; names: readonly string[] }): Promise<boolean> {
  const evidence = Object.fromEntries(names.map((name) => [name, ""]));
  try {
    await stripe.disputes.update(id, { evidence, submit: false });
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && !isGone(error)) return false;
    throw error;
  }
}

/** True if the object was deleted already, by an earlier call or in Stripe's dashboard. */
function isGone(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === "resource_missing";
}
