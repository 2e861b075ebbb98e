// Switches letters by e-mail on or off. The button sends the wanted state, so sending it twice is harmless.
import { endLetterEmailSubscription, startLettersByMail } from "@/domain/supporters/letter-readers";
import { withSignedInUser } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { newIdForSignedLink } from "@/systems/reminders";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withSignedInUser("/supporters", async ({ form, viewer }) => {
  const db = await database();
  const choice = form.get("choice");
  if (choice === "on") await startLettersByMail(db, viewer, { newReaderId: newIdForSignedLink(), now: currentTime() });
  if (choice === "off") await endLetterEmailSubscription(db, viewer);
  return seeOther("/supporters#letter-ways");
});
