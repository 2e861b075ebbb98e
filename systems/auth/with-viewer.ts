// Route handlers for forms that only some people may send. The handler gets the form and the viewer from one check.
import "server-only";
import { notFound } from "next/navigation";
import type { StaffRight } from "../../domain/newsroom/staff/roles";
import { type FormRoute, type OwnForm, type PagePath, pathFor, withOwnForm } from "../same-origin-form";
import { requireStaff, requireViewer, type StaffViewer, type Viewer } from "./viewer";

/** A viewer who has given. */
export type Supporter = Viewer & { supporterId: string };

/** `page`: the page with the form. People who are not signed in return there after signing in. */
export function withViewer<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Viewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) => handle({ ...sent, viewer: await requireViewer(pathFor(page, sent)) }));
}

/** For pages. People who are not signed in come back to `next` after signing in; people who never gave get a 404. */
export async function requireSupporter(next: string): Promise<Supporter> {
  const viewer = await requireViewer(next);
  const { supporterId } = viewer;
  return supporterId === null ? notFound() : { ...viewer, supporterId };
}

/** `page`: the page with the form. People who are not signed in return there after signing in; people who never gave get a 404. */
export function withSupporter<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Supporter }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) => handle({ ...sent, viewer: await requireSupporter(pathFor(page, sent)) }));
}

/**
 * `page`: the page with the form. People who are not signed in return there after signing in; everyone without the right gets a 404.
 */
export function withStaff<Params = object>(
  right: StaffRight,
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: StaffViewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) => handle({ ...sent, viewer: await requireStaff(right, pathFor(page, sent)) }));
}
