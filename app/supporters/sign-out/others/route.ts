import { endOtherSessions } from "@/domain/supporters/sessions";
import { findOwnSessionHash } from "@/systems/auth/signed-in-user";
import { withSignedInUser } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/sessions";

export const POST = withSignedInUser(PAGE, async ({ viewer }) => {
  const ended = await endOtherSessions(await database(), viewer, (await findOwnSessionHash()) ?? "");
  return seeOther(PAGE, await flashMessageCookie(PAGE, { ended }));
});
