// Changes a supporter's e-mail address, first at Stripe, then in the ledger. If Stripe does not respond, the ledger
// stays unchanged.
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import Stripe from "stripe";
import { forEachIsolated } from "../domain/for-each-isolated";
import { changeSupporterAddress } from "../domain/ledger/readdress";
import { listStripeCustomerIds } from "../domain/ledger/store/recurring-gifts";
import { isAddressChangeReady, requestAddressChange } from "../domain/supporters/address-change";
import {
  deleteAddressChange,
  deleteAddressChangesExpiredBefore,
  endSignInSessionsOf,
  listChangesConfirmedByNewMailbox,
} from "../domain/supporters/store";
import type { AddressChange } from "../generated/sqlite/client";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { requestPurgeOfDeletedValues } from "./delete-expired";
import type { SealedAddress } from "./identity";
import { identityCrypto } from "./identity";
import { buildRecordFactsOptions } from "./ledger-context";
import { log, redactError } from "./log";
import { runtime } from "./runtime";
import { stripe } from "./stripe/client";
import { runBackgroundJobsSoon } from "./wake-jobs";

const AFTER_FAILURE_MS = 60 * 1000;

type Requested = {
  supporterId: string;
  oldEmailHash: string;
  to: SealedAddress;
  isOldLost: boolean;
  locale: string;
  by?: "staff";
};

export async function startAddressChange(db: Db, requested: Requested): Promise<void> {
  const tokens = { old: newToken(), new: newToken() };
  await requestAddressChange(db, { ...requested, tokens, identity: identityCrypto(), now: currentTime() });
  runBackgroundJobsSoon();
}

/**
 * Returns the hash under which the ledger stores the token. It needs no key: the token has 256 random bits and cannot
 * be guessed.
 */
export function hashAddressChangeToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashAddressChangeToken(token) };
}

/** Changes the address at Stripe and in the ledger. Throws if Stripe does not respond. Safe to repeat. */
export async function applyAddressChange(db: Db, change: AddressChange): Promise<void> {
  const { supporterId, oldEmailHash, newEmailHash, newEmailSealed } = change;
  const email = identityCrypto().open(newEmailSealed);
  for (const customer of await listStripeCustomerIds(db, supporterId))
    await correctCustomer(customer, { oldEmailHash, email });
  const to = { emailHash: newEmailHash, emailSealed: newEmailSealed };
  await changeSupporterAddress(db, {
    change: { id: change.newTokenHash, supporterId, oldEmailHash, to },
    options: buildRecordFactsOptions(currentTime()),
  });
  await endSignInSessionsOf(db, oldEmailHash);
  await deleteAddressChange(db, supporterId);
  requestPurgeOfDeletedValues();
  log.info({}, "a supporter's e-mail address was changed");
}

/**
 * Changes the e-mail address of a customer at Stripe. Does nothing if the customer was deleted, or if the customer's
 * address at Stripe is not the old one.
 */
async function correctCustomer(id: string, { oldEmailHash, email }: { oldEmailHash: string; email: string }) {
  try {
    const customer = await stripe().customers.retrieve(id);
    if (customer.deleted || !customer.email || identityCrypto().hashOf(customer.email) !== oldEmailHash) return;
    await stripe().customers.update(id, { email });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError && error.code === "resource_missing")) throw error;
  }
}

/**
 * Applies the changes that are ready (isAddressChangeReady) and deletes expired ones. Does nothing for a minute after a
 * failure. Always returns false, which means that the job need not run again at once.
 */
export async function continueAddressChanges(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.readdressAfterMs ?? 0)) return false;
  const ready = (await listChangesConfirmedByNewMailbox(db)).filter((change) => isAddressChangeReady(change, now));
  await forEachIsolated(ready, (change) => applyAddressChange(db, change), {
    onFailure: (_, error) => {
      runtime.readdressAfterMs = now.getTime() + AFTER_FAILURE_MS;
      log.warn(
        { error: redactError(error) },
        "an e-mail address could not be changed at Stripe; the job will try again",
      );
    },
  });
  if ((await deleteAddressChangesExpiredBefore(db, now)) > 0) requestPurgeOfDeletedValues();
  return false;
}
