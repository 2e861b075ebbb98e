import { allowMailTo, markMailStopHandled } from "@/domain/supporters/mail-stops";
import { withStaff } from "@/systems/auth/with-viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { openAddressLink } from "@/systems/links/address-link";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withStaff("/newsroom", async ({ form }) => {
  const emailHash = openAddressLink(form.get("stop") ?? "");
  const db = await database();
  if (emailHash && form.get("do") === "handled") await markMailStopHandled(db, { emailHash, now: currentTime() });
  if (emailHash && form.get("do") === "allow") await allowMailTo(db, emailHash);
  return seeOther("/newsroom");
});
