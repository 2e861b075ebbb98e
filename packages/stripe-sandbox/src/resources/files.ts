// Handles the calls for files. The stand-in stores what Stripe's API shows about a file, but not its content
// (docs.stripe.com/file-upload).
import type Stripe from "stripe";
import type { Account } from "../account";
import { secondsInDays } from "../bank-days";
import { invalidRequest } from "../http/errors";
import { type UploadedFile, uploadedFileParam } from "../http/multipart";
import type { ParsedParams } from "../http/params";
import { oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { listRoute, type Route, retrieveRoute, route } from "../http/route";
import { apiListOf } from "../objects";

type Format = { type: string; mimetype: string; start: string };

/** The first bytes of each file format, which decide the type. Like Stripe, the stand-in ignores the file's name. */
const FORMATS: Format[] = [
  { type: "pdf", mimetype: "application/pdf", start: "%PDF-" },
  { type: "jpg", mimetype: "image/jpeg", start: "\xff\xd8\xff" },
  { type: "png", mimetype: "image/png", start: "\x89PNG\r\n\x1a\n" },
  { type: "gif", mimetype: "image/gif", start: "GIF8" },
];

const MB = 1_024 * 1_024;
const PICTURE = { types: ["gif", "jpg", "png"], maxBytes: MB / 2, days: null };
const PURPOSES: Record<string, { types: string[]; maxBytes: number; days: number | null }> = {
  business_icon: PICTURE,
  business_logo: PICTURE,
  dispute_evidence: { types: ["pdf", "jpg", "png"], maxBytes: 5 * MB, days: 270 },
};

const NEW_FILE = {
  purpose: requiredParam(oneOf("business_icon", "business_logo", "dispute_evidence")),
  file: requiredParam(uploadedFileParam()),
  file_link_data: unsupportedParam(),
};

function create(account: Account, { purpose, file }: ParsedParams<typeof NEW_FILE>): Stripe.File {
  const rule = PURPOSES[purpose] ?? PICTURE;
  const type = typeFor(file, rule.types);
  if (file.bytes.length > rule.maxBytes)
    throw invalidRequest(`The file you uploaded is too large. The limit is ${rule.maxBytes} bytes.`, {
      param: "file",
    });
  if (type === "pdf" && countPages(file.bytes) >= PAGES_REFUSED)
    throw invalidRequest(
      `The file you uploaded was too long. Please upload a file with fewer than ${PAGES_REFUSED} pages.`,
      { param: "file" },
    );
  const id = account.newId("file_");
  const created = account.now();
  const stored: Stripe.File = {
    id,
    object: "file",
    created,
    expires_at: rule.days === null ? null : created + secondsInDays(rule.days),
    filename: file.filename,
    links: apiListOf([], `/v1/file_links?file=${id}`),
    purpose,
    size: file.bytes.length,
    title: null,
    type,
    url: `${account.baseUrl}/v1/files/${id}/contents`,
  };
  account.put(stored);
  return stored;
}

function typeFor({ bytes }: UploadedFile, types: string[]): string {
  const found = FORMATS.find(({ start }) => bytes.subarray(0, start.length).equals(Buffer.from(start, "latin1")));
  if (found && types.includes(found.type)) return found.type;
  const mimetypes = types.map((type) => FORMATS.find((format) => format.type === type)?.mimetype);
  throw invalidRequest(
    `We don't currently support that file type. Try uploading a file with one of the following mimetypes: ${mimetypes.join(", ")}.`,
    { param: "file" },
  );
}

const PAGES_REFUSED = 50;

/** Counts the pages of a PDF. Does not find compressed pages, so the count can be too low. */
function countPages(bytes: Buffer): number {
  return bytes.toString("latin1").match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;
}

export const fileRoutes: Route[] = [
  route("POST /v1/files", NEW_FILE, create),
  retrieveRoute("file", "/v1/files", "file upload"),
  listRoute("file", "/v1/files", { shape: { purpose: text() }, where: ({ purpose }) => ({ "$.purpose": purpose }) }),
];
