import { allowMailTo, markStoppedAddressHandled } from "@/domain/supporters/stopped-addresses";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { unsealEmailHash } from "@/systems/links/address-link";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/queue";
/** The subject of the audit log's entries, which contain neither the e-mail address nor its hash. */
const ABOUT = "mail-stop:";

export const POST = withStaff("queue", PAGE, async ({ form, viewer: { colleague } }) => {
  const emailHash = unsealEmailHash(form.get("stop") ?? "");
  const db = await database();
  if (emailHash && form.get("do") === "handled") {
    await markStoppedAddressHandled(db, { emailHash, now: currentTime() });
    await db.$transaction((tx) => recordActInAuditLog(tx, { colleague, kind: "mail-stop-handled", about: ABOUT }));
  }
  if (emailHash && form.get("do") === "allow") {
    await allowMailTo(db, emailHash);
    await db.$transaction((tx) => recordActInAuditLog(tx, { colleague, kind: "mail-stop-lifted", about: ABOUT }));
  }
  return seeOther(PAGE);
});
