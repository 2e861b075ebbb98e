import { OPTIONAL_MAIL_KINDS, saveMailChoices } from "@/domain/ledger/mail-choices";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/own-data";

/**
 * Stores which optional e-mails the supporter wants. If the form lacks the field of a kind of e-mail, the supporter
 * does not want this kind. Browsers send nothing for an unchecked box.
 */
export const POST = withSupporter(PAGE, async ({ form, viewer: { supporterId } }) => {
  const wanted = OPTIONAL_MAIL_KINDS.filter((kind) => form.get(kind) === "yes");
  await saveMailChoices(await database(), { supporterId, wanted, now: currentTime() });
  return seeOther(PAGE, await flashMessageCookie(PAGE, { done: "mails" }));
});
