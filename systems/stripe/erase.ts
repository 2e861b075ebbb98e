// Erases a supporter's data at Stripe. Each call is safe to repeat. Stripe keeps its own records of a payment, with the
// e-mail address, and no call removes them.
import "server-only";
import Stripe from "stripe";
import type { DisputeEvidenceLeftAfterErasure } from "../../domain/ledger/fact";
import { log } from "../log";
import { awaitsEvidence, listFilledEvidenceFields } from "./dispute";
import { parseGiftMetadataOfThisSite, supporterErasedMetadata } from "./metadata";

type Erased = { id: string; erasedAt: Date };

/**
 * Records the erasure in the metadata of the payment intent and its charges. So a ledger that is rebuilt from Stripe's
 * data does not contain the erased supporter again.
 */
export async function markIntentErased(stripe: Stripe, { id, erasedAt }: Erased): Promise<void> {
  await writePaymentIntentAndChargeMetadata(stripe, { id, metadata: supporterErasedMetadata(erasedAt) });
}

export async function writePaymentIntentAndChargeMetadata(
  stripe: Stripe,
  { id, metadata }: { id: string; metadata: Record<string, string> },
): Promise<void> {
  await stripe.paymentIntents.update(id, { metadata });
  for await (const charge of stripe.charges.list({ payment_intent: id, limit: 100 }))
    await stripe.charges.update(charge.id, { metadata });
}

/** Ends the recurring gift now, unless it has ended already, and records the erasure in the subscription's metadata. */
export async function endSubscriptionAndMarkErased(stripe: Stripe, { id, erasedAt }: Erased): Promise<void> {
  if (!(await endSubscription(stripe, id))) return;
  await stripe.subscriptions.update(id, { metadata: supporterErasedMetadata(erasedAt) });
}

/** Ends the recurring gift now, unless it has ended already. Returns false if Stripe no longer has the subscription. */
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

/**
 * Deletes the customer at Stripe, unless the customer also has a subscription to another product. Deleting the customer
 * would end that subscription too.
 */
export async function eraseCustomer(stripe: Stripe, { id }: Erased): Promise<void> {
  for await (const { metadata, status } of stripe.subscriptions.list({ customer: id, status: "all", limit: 100 }))
    if (!parseGiftMetadataOfThisSite(metadata) && status !== "canceled" && status !== "incomplete_expired") {
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
 * Removes the evidence that Stripe holds for a dispute and has not sent to the bank. If Stripe refuses, removes each
 * field separately, and returns the names of the fields that are left. Stripe has no call that deletes a file. A
 * removed file is no longer linked to the dispute, and Stripe keeps it until it expires.
 */
export async function eraseEvidence(stripe: Stripe, { id }: Erased): Promise<DisputeEvidenceLeftAfterErasure[]> {
  const answer = (fieldNames: readonly string[]): DisputeEvidenceLeftAfterErasure[] => [
    { kind: "evidence-left", disputeId: id, fieldNames },
  ];
  try {
    const held = await listRemovable(stripe, id);
    if (held.length === 0 || (await tryRemoveEvidence(stripe, { id, names: held }))) return answer([]);
    for (const name of held) await tryRemoveEvidence(stripe, { id, names: [name] });
    // Logs the evidence that Stripe has not removed. A person must remove it in Stripe's dashboard, because Stripe
    // would refuse a repeated request too.
    const left = await listRemovable(stripe, id);
    if (left.length > 0) log.error({ dispute: id, fields: left }, LEFT);
    return answer(left);
  } catch (error) {
    if (isGone(error)) return answer([]);
    throw error;
  }
}

const LEFT = "Stripe keeps evidence of an erased supporter: remove it in its dashboard";

/**
 * Returns the names of the evidence fields that can be removed. The list is empty if the bank no longer asks for
 * evidence.
 */
async function listRemovable(stripe: Stripe, id: string) {
  const dispute = await stripe.disputes.retrieve(id);
  return awaitsEvidence(dispute) ? listFilledEvidenceFields(dispute) : [];
}

/**
 * Removes the evidence in the fields `names`. Returns false if Stripe refuses. Throws on any other failure, such as a
 * refused API key.
 */
async function tryRemoveEvidence(
  stripe: Stripe,
  { id, names }: { id: string; names: readonly string[] },
): Promise<boolean> {
  const evidence = Object.fromEntries(names.map((name) => [name, ""]));
  try {
    await stripe.disputes.update(id, { evidence, submit: false });
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && !isGone(error)) return false;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === "resource_missing";
}
