// The signed-in viewer. Every protected page, route and action must call one of these checks itself; a check in a
// layout or in proxy.ts does not protect it.
import "server-only";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { dayOn } from "../../domain/calendar";
import { pathWithLanguageParam } from "../../domain/languages";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import {
  findMissingSecondFactorStep,
  isSecondFactorRecentEnough,
  type MissingFactorStep,
  type SessionWithFactorTime,
} from "../../domain/newsroom/staff/factor";
import { hasRight, needsFreshSecondFactor, type StaffRight } from "../../domain/newsroom/staff/roles";
import { findOpenSession } from "../../domain/supporters/sessions";
import {
  type CookieSession,
  getSealedEmail,
  getSignedInPerson,
  isSessionOver,
  landingPathOf,
  maskEmail,
  type SignedInPerson,
} from "../../domain/supporters/signed-in-person";
import { endSession, recordSessionUse } from "../../domain/supporters/store";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import { database } from "../database";
import { env } from "../env";
import { identityCrypto } from "../identity";
import { languageOfCurrentRequest } from "../request-language";
import { factorPath } from "./factor-paths";
import { DEFAULT_REDIRECT_PATH } from "./safe-redirect";
import { readSession, sessionCookieSettings } from "./session";
import { findColleagueByEmailHash, findColleagueOrAddRootByEmailHash } from "./staff";

/** `colleague` is null for everybody who is not allowed to open the pages for staff. */
export type SignedInUser = SignedInPerson & { colleague: Colleague | null; session: SessionWithFactorTime };

export type SignedInColleague = SignedInUser & { colleague: Colleague };

/** Returns null if nobody is signed in or the session has ended. Cached for the current request. */
export const findSignedInUser = cache(async (): Promise<SignedInUser | null> => {
  const session = await findCookieSession();
  if (!session) return null;
  const [db, { emailHash }] = [await database(), session];
  const colleague = await findColleagueByEmailHash(db, emailHash);
  const isStaff = colleague !== null;
  const now = currentTime();
  if (isSessionOver(session, { now, isStaff, risk: env().OUTLET_RISK })) {
    // Deletes the row of a session that has ended, because the list of sessions would otherwise still show it. If the
    // sign-in time is in the future, keeps the row: an instance whose clock is ahead began this session.
    if (session.signedInAt <= now) endSession(db, session.idHash).catch(() => {});
    return null;
  }
  const viewer = await getSignedInPerson(db, {
    emailHash,
    isStaff,
    defaultLocale: colleague?.language ?? (await languageOfCurrentRequest()),
  });
  return { ...viewer, colleague, session: { idHash: session.idHash, secondFactorAt: session.secondFactorAt } };
});

export async function requireSignedInUser(next: string): Promise<SignedInUser> {
  return (await findSignedInUser()) ?? redirect(signInPath(next, await languageOfCurrentRequest()));
}

/**
 * Returns the signed-in colleague if they have this right. Redirects people who are not signed in to the sign-in page.
 * Redirects a colleague to the page for the second factor if the factor is missing or too old. Everybody else gets a
 * 404.
 */
export async function requireStaff(right: StaffRight, next: string): Promise<SignedInColleague> {
  const viewer = await requireColleagueEvenWithoutSecondFactor(next);
  await requireFactor(viewer, { next, fresh: needsFreshSecondFactor(right) });
  return hasRight(viewer.colleague.role, right) ? viewer : notFound();
}

/**
 * Returns the signed-in colleague, whatever their role. Redirects if they must first show or set up the second factor.
 */
export async function requireAnyStaff(next: string): Promise<SignedInColleague> {
  const viewer = await requireColleagueEvenWithoutSecondFactor(next);
  await requireFactor(viewer, { next, fresh: false });
  return viewer;
}

/**
 * Returns the signed-in colleague, whatever their role, even without the second factor. Other signed-in people get a
 * 404.
 */
export async function requireColleagueEvenWithoutSecondFactor(next: string): Promise<SignedInColleague> {
  const viewer = await requireSignedInUser(next);
  const colleague = viewer.colleague && (await findColleagueOrAddRootByEmailHash(await database(), viewer.emailHash));
  return colleague ? { ...viewer, colleague } : notFound();
}

/** Like requireStaff(), but the second factor must be from the last ten minutes. */
export async function requireStaffAndFreshFactor(right: StaffRight, next: string): Promise<SignedInColleague> {
  const viewer = await requireStaff(right, next);
  await requireFreshSecondFactor(viewer, next);
  return viewer;
}

/**
 * Redirects to the page for a second-factor code, unless the colleague has entered their second factor in the last ten
 * minutes. Call it after requireStaff().
 */
export function requireFreshSecondFactor(viewer: SignedInColleague, next: string): Promise<void> {
  return requireFactor(viewer, { next, fresh: true });
}

/**
 * Returns the step that the colleague must still take for the second factor; null if none. With `fresh`, the second
 * factor must have been entered in the last ten minutes.
 */
export function findMissingFactorStep(
  right: StaffRight,
  viewer: SignedInColleague,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<MissingFactorStep | null> {
  return findStep(viewer, fresh || needsFreshSecondFactor(right));
}

async function requireFactor(
  viewer: SignedInColleague,
  { next, fresh }: { next: string; fresh: boolean },
): Promise<void> {
  const step = await findStep(viewer, fresh);
  if (step) redirect(factorPath(step, next));
}

async function findStep({ colleague, session }: SignedInColleague, fresh: boolean): Promise<MissingFactorStep | null> {
  const { secondFactorAt } = session;
  return findMissingSecondFactorStep(await database(), {
    staffId: colleague.id,
    secondFactorAt,
    now: currentTime(),
    fresh,
  });
}

export function hasPassedSecondFactor(
  { session }: SignedInColleague,
  { fresh = false }: { fresh?: boolean } = {},
): boolean {
  return isSecondFactorRecentEnough(session.secondFactorAt, { now: currentTime(), fresh });
}

export async function redirectIfSignedIn(next: string): Promise<void> {
  const viewer = await findSignedInUser();
  if (viewer) redirect(landingPathOf(viewer, next === DEFAULT_REDIRECT_PATH ? null : next));
}

/**
 * Returns true if a page must show the link to the newsroom, which is only for staff. If the ledger is unavailable,
 * returns false: a page without the link is better than an error page.
 */
export async function showsNewsroomLink(): Promise<boolean> {
  try {
    return (await findSignedInUser())?.isStaff ?? false;
  } catch {
    return false;
  }
}

/**
 * Returns the supporter's masked e-mail address. Null for a viewer who never gave: the session holds only the hash of
 * their address.
 */
export async function findMaskedEmail({ supporterId }: SignedInUser): Promise<string | null> {
  if (supporterId === null) return null;
  const sealed = await getSealedEmail(await database(), supporterId);
  return maskEmail(identityCrypto().open(sealed));
}

export function signInPath(next: string, locale: string): string {
  const path = next === DEFAULT_REDIRECT_PATH ? DEFAULT_REDIRECT_PATH : `/sign-in?${new URLSearchParams({ next })}`;
  return pathWithLanguageParam(path, locale, publication);
}

const findCookieSession = cache(async (): Promise<(CookieSession & SessionWithFactorTime) | null> => {
  const cookie = (await cookies()).get(sessionCookieSettings().name);
  const session = await readSession(cookie?.value, env().NEXTAUTH_SECRET);
  if (!session) return null;
  const [db, now] = [await database(), currentTime()];
  const open = await findOpenSession(db, { ...session, now });
  if (!open) return null;
  const day = dayOn(now, publication.timeZone);
  // Not awaited, and a failure is ignored, because the page must be shown even if the ledger cannot be written.
  if (open.lastSeenOn !== day) recordSessionUse(db, { ...session, day }).catch(() => {});
  return { ...session, secondFactorAt: open.secondFactorAt };
});

export async function findOwnSessionHash(): Promise<string | null> {
  return (await findCookieSession())?.idHash ?? null;
}

/** Ends the session on the server, so that copies of the cookie also stop working. */
export async function endOwnSession(): Promise<void> {
  const session = await readSession((await cookies()).get(sessionCookieSettings().name)?.value, env().NEXTAUTH_SECRET);
  if (session) await endSession(await database(), session.idHash);
}
