import { setFeedToken } from "@/domain/supporters/letter-readers";
import { withSignedInUser } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { feedUrl, hashFeedToken, newFeedToken } from "@/systems/letters/feed-token";
import { newIdForSignedLink } from "@/systems/reminders";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters";

export const POST = withSignedInUser(PAGE, async ({ form, viewer }) => {
  const db = await database();
  const newReaderId = newIdForSignedLink();
  if (form.get("choice") === "none") {
    await setFeedToken(db, viewer, { newReaderId, feedTokenHash: null });
    return seeOther(`${PAGE}#letter-ways`);
  }
  const token = newFeedToken();
  await setFeedToken(db, viewer, { newReaderId, feedTokenHash: hashFeedToken(token) });
  return seeOther(`${PAGE}#letter-ways`, await flashMessageCookie(PAGE, { feed: feedUrl(token) }));
});
