// A repeated request is harmless, because the button sends the wanted state.
import { startLettersByMail, stopLettersOf } from "@/domain/supporters/letter-readers";
import { withViewer } from "@/systems/auth/with-viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { newSignableId } from "@/systems/reminders";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withViewer("/supporters", async ({ form, viewer }) => {
  const db = await database();
  const choice = form.get("choice");
  if (choice === "on") await startLettersByMail(db, viewer, { id: newSignableId(), now: currentTime() });
  if (choice === "off") await stopLettersOf(db, viewer);
  return seeOther("/supporters#letter-ways");
});
