import { endOtherSessions } from "@/domain/supporters/sessions";
import { findOwnSessionHash } from "@/systems/auth/viewer";
import { withViewer } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/sessions";

export const POST = withViewer(PAGE, async ({ viewer }) => {
  const ended = await endOtherSessions(await database(), viewer, (await findOwnSessionHash()) ?? "");
  return seeOther(PAGE, await flashMessageCookie(PAGE, { ended }));
});
