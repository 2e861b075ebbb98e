// Stops a change of e-mail address that is not finished. The supporter comes from a link in an e-mail to the old or the
// new address.
import { cancelAddressChangeAndEndSessions, findOpenAddressChange } from "@/domain/supporters/address-change";
import { hashAddressChangeToken } from "@/systems/address-change";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { pathInFormLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";
import { signNoticeForUrl } from "@/systems/signed-notice";

export const POST = withSameOriginForm(pageOf, async ({ form }) => {
  const [db, now] = [await database(), currentTime()];
  const open = await findOpenAddressChange(db, { tokenHash: hashAddressChangeToken(form.get("token") ?? ""), now });
  if (!open) return seeOther(pageOf({ form }));
  await cancelAddressChangeAndEndSessions(db, open.change);
  const query = new URLSearchParams({ done: "stopped", signature: signNoticeForUrl("stopped", now) });
  return seeOther(pathInFormLanguage(`/address-change?${query}`, form));
});

function pageOf({ form }: { form: URLSearchParams }): string {
  return pathInFormLanguage("/address-change", form);
}
