// Opening the page changes nothing, because mail scanners open links.
import { AddressChangeView, type EmailChangeState } from "@/components/own-data/email-change-view";
import { findOpenAddressChange } from "@/domain/supporters/address-change";
import { maskEmail } from "@/domain/supporters/signed-in-person";
import { hashAddressChangeToken } from "@/systems/address-change";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { pageLanguage, titleMetadata } from "@/systems/page-language";
import { isNoticeSignatureValid } from "@/systems/signed-notice";

export const generateMetadata = titleMetadata("addressChange.title");

type Query = Record<"token" | "done" | "signature", string | string[] | undefined>;

export default async function AddressChangePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, done, signature } = await searchParams;
  const state =
    readDone(done, signature) ?? (typeof token === "string" ? await readState(token) : { kind: "spent" as const });
  return <AddressChangeView locale={await pageLanguage()} token={String(token ?? "")} state={state} />;
}

function readDone(done: unknown, signature: unknown): EmailChangeState | null {
  const outcome = (["changed", "stopped"] as const).find((each) => each === done);
  return outcome && isNoticeSignatureValid(outcome, { signature, now: currentTime() }) ? { kind: outcome } : null;
}

async function readState(token: string): Promise<EmailChangeState> {
  const open = await findOpenAddressChange(await database(), {
    tokenHash: hashAddressChangeToken(token),
    now: currentTime(),
  });
  if (!open) return { kind: "spent" };
  const { side, change } = open;
  const address = maskEmail(identityCrypto().open(change.newEmailSealed));
  const isConfirmed = (side === "old" ? change.oldConfirmedAt : change.newConfirmedAt) !== null;
  const { takesEffectAt } = change;
  if (!isConfirmed) return { kind: "open", side, address, takesEffectAt };
  const isWhole = change.oldConfirmedAt !== null && change.newConfirmedAt !== null;
  return isWhole ? { kind: "at-stripe" } : { kind: "waiting", side, takesEffectAt };
}
