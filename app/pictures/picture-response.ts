// `tag` changes with the picture's bytes, so that a browser can revalidate its copy.
type PictureToSend = { bytes: Buffer; type: string; tag: string };

/** A 404 is not cached, because the picture may be published later. */
export function pictureResponse(request: Request, picture: PictureToSend | null): Response {
  if (!picture) return new Response(null, { status: 404 });
  const headers = { ETag: `"${picture.tag}"`, "Content-Type": picture.type };
  const tags = request.headers.get("if-none-match") ?? "";
  if (tags.split(",").some((each) => each.trim().replace(/^W\//, "") === headers.ETag))
    return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(picture.bytes), { headers });
}
