// Confirms a change of address from one mailbox, and applies it once both have confirmed.
import { confirmChange, findOpenChange, isReady } from "@/domain/supporters/address-change";
import { applyAddressChange, hashToken } from "@/systems/address-change";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";
import { signNotice } from "@/systems/signed-notice";
import { askStripe } from "@/systems/stripe/ask";

export const POST = withOwnForm(pageOf, async (sent) => {
  const [db, now] = [await database(), currentTime()];
  const open = await findOpenChange(db, { tokenHash: hashToken(sent.form.get("token") ?? ""), now });
  if (!open) return seeOther(pageOf(sent));
  const change = await confirmChange(db, { ...open, now });
  if (!isReady(change, now)) return seeOther(pageOf(sent));
  const outcome = await askStripe(() => applyAddressChange(db, change), { about: { change: "address" } });
  if (outcome === "failed") return seeOther(pageOf(sent));
  return seeOther(`/address-change?${new URLSearchParams({ done: "changed", signature: signNotice("changed", now) })}`);
});

function pageOf({ form }: { form: URLSearchParams }): string {
  return `/address-change?${new URLSearchParams({ token: form.get("token") ?? "" })}`;
}
