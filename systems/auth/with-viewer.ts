// Route handlers for forms that only some people may send. The handler gets the form and the viewer from one check.
import "server-only";
import { notFound } from "next/navigation";
import { type FormRoute, type OwnForm, type PagePath, pathFor, withOwnForm } from "../same-origin-form";
import { requireStaff, requireViewer, type Viewer } from "./viewer";

/** A viewer who has given. */
export type Supporter = Viewer & { supporterId: string };

/** `page`: the page with the form. People who are not signed in return there after signing in. */
export function withViewer<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Viewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) => handle({ ...sent, viewer: await requireViewer(pathFor(page, sent)) }));
}

/** `page`: the page with the form. People who are not signed in return there after signing in; people who never gave get a 404. */
export function withSupporter<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Supporter }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) => {
    const viewer = await requireViewer(pathFor(page, sent));
    const { supporterId } = viewer;
    return supporterId === null ? notFound() : handle({ ...sent, viewer: { ...viewer, supporterId } });
  });
}

/** `page`: the page with the form. People who are not signed in return there after signing in; others than staff get a 404. */
export function withStaff<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Viewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) => handle({ ...sent, viewer: await requireStaff(pathFor(page, sent)) }));
}
