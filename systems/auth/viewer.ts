// Who is looking? Asked at the head of every page, route and action behind a door; nobody else's check counts.
import { currentTime } from "../clock";
import "server-only";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { dayOn } from "../../domain/calendar";
import { findOpenSession } from "../../domain/supporters/sessions";
import { endSession, noteSeen } from "../../domain/supporters/store";
import {
  getSealedEmail,
  getViewer,
  isSessionOver,
  landingOf,
  maskEmail,
  type Session,
  type Viewer,
} from "../../domain/supporters/viewer";
import { publication } from "../../publication";
import { database } from "../database";
import { env } from "../env";
import { ownIdentity } from "../identity";
import { HOME } from "./own-path";
import { readSession, sessionCookie } from "./session";

export type { Viewer };

/** Null where nobody is signed in, or no longer. Looked up once a request. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const session = await findSession();
  const staffHashes = listStaffHashes();
  if (!session || isSessionOver(session, { now: currentTime(), staffHashes })) return null;
  const { emailHash } = session;
  return getViewer(await database(), { emailHash, staffHashes, defaultLocale: publication.defaultLanguage });
});

/** Sends whoever is not signed in to do so and to come back to `next`. */
export async function requireViewer(next: string): Promise<Viewer> {
  return (await findViewer()) ?? redirect(signInPath(next));
}

/** For supporters there is no such page; whoever is not signed in, or no longer, is asked to sign in and comes back to `next`. */
export async function requireStaff(next = "/newsroom"): Promise<Viewer> {
  const viewer = await requireViewer(next);
  return viewer.isStaff ? viewer : notFound();
}

/** Signing in leads everyone to where they belong. */
export async function goOnSignedIn(next: string): Promise<void> {
  const viewer = await findViewer();
  if (viewer) redirect(landingOf(viewer, next === HOME ? null : next));
}

/** For a link to the newsroom, which is no reason for a page to fail: without the ledger there is none. */
export async function showsNewsroomLink(): Promise<boolean> {
  try {
    return (await findViewer())?.isStaff ?? false;
  } catch {
    return false;
  }
}

/** The viewer's own address, masked; null for someone who never gave, of whom only the hash is known. */
export async function findOwnAddress({ supporterId }: Viewer): Promise<string | null> {
  if (supporterId === null) return null;
  const sealed = await getSealedEmail(await database(), supporterId);
  return maskEmail(ownIdentity().open(sealed));
}

export function signInPath(next: string): string {
  if (next === HOME) return HOME;
  return `/sign-in?${new URLSearchParams({ next })}`;
}

const findSession = cache(async (): Promise<Session | null> => {
  const cookie = (await cookies()).get(sessionCookie().name);
  const session = await readSession(cookie?.value, env().NEXTAUTH_SECRET);
  if (!session) return null;
  const [db, now] = [await database(), currentTime()];
  const open = await findOpenSession(db, { ...session, now });
  if (!open) return null;
  const day = dayOn(now, publication.timeZone);
  // Nobody waits for it, and a ledger that cannot be written just now can still be read.
  if (open.lastSeenOn !== day) noteSeen(db, { ...session, day }).catch(() => {});
  return session;
});

/** Signs this browser out at the server: its cookie opens nothing any more, wherever a copy of it may be. */
export async function endOwnSession(): Promise<void> {
  const session = await readSession((await cookies()).get(sessionCookie().name)?.value, env().NEXTAUTH_SECRET);
  if (session) await endSession(await database(), session.idHash);
}

function listStaffHashes(): string[] {
  const identity = ownIdentity();
  return env().STAFF_EMAILS.flatMap((email) => identity.hashOf(email) ?? []);
}
