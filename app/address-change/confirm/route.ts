import {
  confirmOldOrNewEmailAddress,
  findOpenAddressChange,
  isAddressChangeReady,
} from "@/domain/supporters/address-change";
import { applyAddressChange, hashAddressChangeToken } from "@/systems/address-change";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { pathInFormLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";
import { signNoticeForUrl } from "@/systems/signed-notice";
import { tryStripeCall } from "@/systems/stripe/ask";

export const POST = withSameOriginForm(pageOf, async (sent) => {
  const [db, now] = [await database(), currentTime()];
  const open = await findOpenAddressChange(db, {
    tokenHash: hashAddressChangeToken(sent.form.get("token") ?? ""),
    now,
  });
  if (!open) return seeOther(pageOf(sent));
  const change = await confirmOldOrNewEmailAddress(db, { ...open, now });
  if (!isAddressChangeReady(change, now)) return seeOther(pageOf(sent));
  const outcome = await tryStripeCall(() => applyAddressChange(db, change), { about: { change: "address" } });
  if (outcome === "failed") return seeOther(pageOf(sent));
  const query = new URLSearchParams({ done: "changed", signature: signNoticeForUrl("changed", now) });
  return seeOther(pathInFormLanguage(`/address-change?${query}`, sent.form));
});

function pageOf({ form }: { form: URLSearchParams }): string {
  return pathInFormLanguage(`/address-change?${new URLSearchParams({ token: form.get("token") ?? "" })}`, form);
}
