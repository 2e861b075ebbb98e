// `tag` changes with the picture's bytes, so that a browser can ask if its cached copy is still current.
type PictureToSend = { bytes: Buffer; type: string; tag: string };

/**
 * Returns the picture, 304 if the browser's copy is current, or 404 if there is no picture. Caches do not store the
 * 404, because the picture may be published later.
 */
export function pictureResponse(request: Request, picture: PictureToSend | null): Response {
  if (!picture) return new Response(null, { status: 404 });
  const headers = { ETag: `"${picture.tag}"`, "Content-Type": picture.type };
  const tags = request.headers.get("if-none-match") ?? "";
  if (tags.split(",").some((each) => each.trim().replace(/^W\//, "") === headers.ETag))
    return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(picture.bytes), { headers });
}
