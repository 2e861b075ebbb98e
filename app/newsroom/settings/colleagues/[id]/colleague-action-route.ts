import { type ActionOnColleagueAccount, applyActionToColleague } from "@/systems/auth/manage-staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

export const NEWSROOM_SETTINGS_PATH = "/newsroom/settings";

export function colleaguePath(id: string): string {
  return `${NEWSROOM_SETTINGS_PATH}/colleagues/${encodeURIComponent(id)}`;
}

/**
 * Returns the route for a form that changes a colleague. `next` returns the page to show after success. A refusal
 * redirects to the colleague's page.
 */
export function colleagueActionRoute(verb: ActionOnColleagueAccount, next: (id: string) => string) {
  return withStaff<{ id: string }>(
    "settings",
    ({ params }) => colleaguePath(params.id),
    async ({ params: { id }, viewer }) => {
      const done = await applyActionToColleague(await database(), viewer, { id, verb });
      const page = done.kind === "refused" ? colleaguePath(id) : next(id);
      return seeOther(
        page,
        await flashMessageCookie(page, "reason" in done ? { refused: done.reason } : { done: verb }),
      );
    },
  );
}
