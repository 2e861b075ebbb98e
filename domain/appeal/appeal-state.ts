// An appeal's state is computed from its times and the current time, so no job has to start or end an appeal.

export const APPEAL_STATES = ["draft", "scheduled", "live", "ended"] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

export type AppealStateFields = {
  createdAt: Date;
  createdBy: string;
  published: number | null;
  publishedAt: Date | null;
  publishedBy: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  endedAt: Date | null;
  endedBy: string | null;
};

/** The value in place of a colleague's id if the site made the change, and not a colleague. */
export const SITE_ACTOR = "site";

export function appealStateOf(times: AppealStateFields, now: Date): AppealState {
  const { published, startsAt, endsAt, endedAt } = times;
  if (published === null || !startsAt) return "draft";
  if (endedAt || (endsAt && endsAt <= now)) return "ended";
  return startsAt > now ? "scheduled" : "live";
}

/**
 * Returns when the appeal entered its state, and who caused this. A scheduled appeal: when and by whom its start
 * was set. A live one: when it started, and the colleague who set this start. A draft, even one that was scheduled
 * before: when and by whom it was created.
 */
export function appealStateSince(times: AppealStateFields, now: Date): { at: Date; by: string } {
  const { createdAt, createdBy, publishedAt, publishedBy, startsAt, endsAt, endedAt, endedBy } = times;
  const state = appealStateOf(times, now);
  const publisher = publishedBy ?? SITE_ACTOR;
  if (state === "draft") return { at: createdAt, by: createdBy };
  if (state === "scheduled") return { at: publishedAt ?? createdAt, by: publisher };
  if (state === "live") return { at: startsAt ?? createdAt, by: publisher };
  return endedAt ? { at: endedAt, by: endedBy ?? SITE_ACTOR } : { at: endsAt ?? createdAt, by: SITE_ACTOR };
}

/** Returns the appeal that readers see: the live appeal that started last, or null if none is live. */
export function pickShownAppeal<A extends AppealStateFields & { id: string }>(
  appeals: readonly A[],
  now: Date,
): A | null {
  const live = appeals.filter((appeal) => appealStateOf(appeal, now) === "live");
  const [first] = live.sort((a, b) => startOf(b) - startOf(a) || (a.id < b.id ? -1 : 1));
  return first ?? null;
}

function startOf({ startsAt }: AppealStateFields): number {
  return startsAt?.getTime() ?? 0;
}
