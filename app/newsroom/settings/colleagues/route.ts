import { parseRole } from "@/domain/newsroom/staff/roles";
import { inviteColleague } from "@/systems/auth/manage-staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/settings";

export const POST = withStaff("settings", PAGE, async ({ form, viewer }) => {
  const typed = Object.fromEntries(form);
  const address = identityCrypto().sealAddress(form.get("email") ?? "");
  const role = parseRole(form.get("role") ?? "");
  if (!address || !role)
    return seeOther(PAGE, await flashMessageCookie(PAGE, { refused: address ? "role" : "email", typed }));
  const done = await inviteColleague(await database(), viewer, { address, role });
  if (done.kind === "refused") return seeOther(PAGE, await flashMessageCookie(PAGE, { refused: done.reason, typed }));
  return seeOther(PAGE, await flashMessageCookie(PAGE, { done: "invited" }));
});
