import "server-only";
import { notFound } from "next/navigation";
import type { StaffRight } from "../../domain/newsroom/staff/roles";
import { flashMessageCookie } from "../flash-message";
import {
  type FormPagePath,
  type FormRoute,
  resolvePagePath,
  type SameOriginForm,
  type SameOriginUpload,
  seeOther,
  withSameOriginForm,
  withSameOriginUpload,
} from "../same-origin-form";
import type { UploadSizeLimits } from "../upload-form";
import { factorPath } from "./factor-paths";
import {
  findMissingFactorStep,
  requireAnyStaff,
  requireColleagueEvenWithoutSecondFactor,
  requireSignedInUser,
  requireStaff,
  type SignedInColleague,
  type SignedInUser,
} from "./signed-in-user";

export type SignedInSupporter = SignedInUser & { supporterId: string };

/**
 * Handles a form of a signed-in person. `page`: the page with the form. If nobody is signed in, the sign-in page leads
 * back to it.
 */
export function withSignedInUser<Params = object>(
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInUser }) => Promise<Response>,
): FormRoute<Params> {
  return withSameOriginForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireSignedInUser(resolvePagePath(page, sent)) }),
  );
}

/** Returns the signed-in supporter. Signed-in people who never gave get a 404. */
export async function requireSupporter(next: string): Promise<SignedInSupporter> {
  const viewer = await requireSignedInUser(next);
  const { supporterId } = viewer;
  return supporterId === null ? notFound() : { ...viewer, supporterId };
}

export function withSupporter<Params = object>(
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInSupporter }) => Promise<Response>,
): FormRoute<Params> {
  return withSameOriginForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireSupporter(resolvePagePath(page, sent)) }),
  );
}

const MAX_TYPED_LENGTH = 1_500;

/**
 * Returns a cookie with the form's fields, so that the form is filled in again after the colleague has entered a code.
 * The cookie contains no fields if they are longer than MAX_TYPED_LENGTH.
 */
function keepTyped(next: string, form: URLSearchParams): Promise<Record<string, string>> {
  const typed = Object.fromEntries(form);
  const [path = next] = next.split("?");
  return flashMessageCookie(path, JSON.stringify(typed).length > MAX_TYPED_LENGTH ? {} : { typed });
}

/** Handles a form that a colleague is allowed to send before they have entered the second factor. */
export function withColleagueEvenWithoutSecondFactor<Params = object>(
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInColleague }) => Promise<Response>,
): FormRoute<Params> {
  return withSameOriginForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireColleagueEvenWithoutSecondFactor(resolvePagePath(page, sent)) }),
  );
}

/** Handles a form that a colleague with any role is allowed to send after the second factor. */
export function withAnyStaff<Params = object>(
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInColleague }) => Promise<Response>,
): FormRoute<Params> {
  return withSameOriginForm(page, async (sent) =>
    handle({ ...sent, viewer: await requireAnyStaff(resolvePagePath(page, sent)) }),
  );
}

export function withStaff<Params = object>(
  right: StaffRight,
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInColleague }) => Promise<Response>,
): FormRoute<Params> {
  return withCode(right, { page, fresh: false, handle });
}

export function withStaffAndFreshFactor<Params = object>(
  right: StaffRight,
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInColleague }) => Promise<Response>,
): FormRoute<Params> {
  return withCode(right, { page, fresh: true, handle });
}

type StaffForm<Params> = {
  page: FormPagePath<Params>;
  fresh: boolean;
  handle: (sent: SameOriginForm<Params> & { viewer: SignedInColleague }) => Promise<Response>;
};

function withCode<Params>(right: StaffRight, { page, fresh, handle }: StaffForm<Params>): FormRoute<Params> {
  return withSameOriginForm(page, async (sent) => {
    const next = resolvePagePath(page, sent);
    const first = await requireColleagueEvenWithoutSecondFactor(next);
    const step = await findMissingFactorStep(right, first, { fresh });
    if (step) return seeOther(factorPath(step, next), await keepTyped(next, sent.form));
    return handle({ ...sent, viewer: await requireStaff(right, next) });
  });
}

type StaffUpload<Params> = {
  page: (sent: Pick<SameOriginForm<Params>, "params">) => string;
  limits: UploadSizeLimits;
  handle: (sent: SameOriginUpload<Params> & { viewer: SignedInColleague }) => Promise<Response>;
};

/**
 * Handles a form with files. Before it reads any byte of the body, checks that the sender is a colleague. Checks the
 * second factor and the right only after it has read the body.
 */
export function withStaffUpload<Params = object>(
  right: StaffRight,
  { page, limits, handle }: StaffUpload<Params>,
): FormRoute<Params> {
  return withSameOriginUpload({
    page,
    limits,
    admit: requireColleagueEvenWithoutSecondFactor,
    handle: async (sent, first) => {
      const next = page(sent);
      const step = await findMissingFactorStep(right, first, { fresh: false });
      if (step) return seeOther(factorPath(step, next), await keepTyped(next, sent.form));
      return handle({ ...sent, viewer: await requireStaff(right, next) });
    },
  });
}
