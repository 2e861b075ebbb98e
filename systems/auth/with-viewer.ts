import "server-only";
import { notFound } from "next/navigation";
import type { StaffRight } from "../../domain/newsroom/staff/roles";
import { flashNoteCookie } from "../note";
import {
  type FormRoute,
  type OwnForm,
  type OwnUpload,
  type PagePath,
  resolvePagePath,
  seeOther,
  withOwnForm,
  withOwnUpload,
} from "../same-origin-form";
import type { UploadLimits } from "../upload-form";
import { factorPath } from "./factor-paths";
import {
  findFactorStepFor,
  requireAnyStaff,
  requireColleague,
  requireStaff,
  requireViewer,
  type StaffViewer,
  type Viewer,
} from "./viewer";

export type Supporter = Viewer & { supporterId: string };

/** `page`: the page with the form. If nobody is signed in, the sign-in page leads back to it. */
export function withViewer<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Viewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireViewer(resolvePagePath(page, sent)) }),
  );
}

/** Signed-in people who never gave get a 404. */
export async function requireSupporter(next: string): Promise<Supporter> {
  const viewer = await requireViewer(next);
  const { supporterId } = viewer;
  return supporterId === null ? notFound() : { ...viewer, supporterId };
}

export function withSupporter<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: Supporter }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireSupporter(resolvePagePath(page, sent)) }),
  );
}

const MAX_TYPED_LENGTH = 1_500;

/** The form is filled in from this cookie after the second factor was shown again. Keeps no fields that are too long. */
function keepTyped(next: string, form: URLSearchParams): Promise<Record<string, string>> {
  const typed = Object.fromEntries(form);
  const [path = next] = next.split("?");
  return flashNoteCookie(path, JSON.stringify(typed).length > MAX_TYPED_LENGTH ? {} : { typed });
}

/** For a form that staff may send without the second factor. */
export function withColleague<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: StaffViewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireColleague(resolvePagePath(page, sent)) }),
  );
}

/** For a form that a colleague with any role may send, after the second factor. */
export function withAnyStaff<Params = object>(
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: StaffViewer }) => Promise<Response>,
): FormRoute<Params> {
  return withOwnForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireAnyStaff(resolvePagePath(page, sent)) }),
  );
}

export function withStaff<Params = object>(
  right: StaffRight,
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: StaffViewer }) => Promise<Response>,
): FormRoute<Params> {
  return withCode(right, { page, fresh: false, handle });
}

export function withFreshStaff<Params = object>(
  right: StaffRight,
  page: PagePath<Params>,
  handle: (sent: OwnForm<Params> & { viewer: StaffViewer }) => Promise<Response>,
): FormRoute<Params> {
  return withCode(right, { page, fresh: true, handle });
}

type StaffForm<Params> = {
  page: PagePath<Params>;
  fresh: boolean;
  handle: (sent: OwnForm<Params> & { viewer: StaffViewer }) => Promise<Response>;
};

function withCode<Params>(right: StaffRight, { page, fresh, handle }: StaffForm<Params>): FormRoute<Params> {
  return withOwnForm(page, async (sent) => {
    const next = resolvePagePath(page, sent);
    const first = await requireColleague(next);
    const step = await findFactorStepFor(right, first, { fresh });
    if (step) return seeOther(factorPath(step, next), await keepTyped(next, sent.form));
    return handle({ ...sent, viewer: await requireStaff(right, next) });
  });
}

type StaffUpload<Params> = {
  page: (sent: Pick<OwnForm<Params>, "params">) => string;
  limits: UploadLimits;
  handle: (sent: OwnUpload<Params> & { viewer: StaffViewer }) => Promise<Response>;
};

/** Checks the colleague before it reads any byte of the body. */
export function withStaffUpload<Params = object>(
  right: StaffRight,
  { page, limits, handle }: StaffUpload<Params>,
): FormRoute<Params> {
  return withOwnUpload({
    page,
    limits,
    admit: requireColleague,
    handle: async (sent, first) => {
      const next = page(sent);
      const step = await findFactorStepFor(right, first, { fresh: false });
      if (step) return seeOther(factorPath(step, next), await keepTyped(next, sent.form));
      return handle({ ...sent, viewer: await requireStaff(right, next) });
    },
  });
}
