// The response with a picture. `tag` changes with the picture's bytes, so a browser can revalidate its copy.
type Sent = { bytes: Buffer; type: string; tag: string };

/** Null: there is no such picture. It may be published tomorrow, so no cache may keep the answer (systems/fast-path/server). */
export function pictureResponse(request: Request, picture: Sent | null): Response {
  if (!picture) return new Response(null, { status: 404 });
  const headers = { ETag: `"${picture.tag}"`, "Content-Type": picture.type };
  const asked = request.headers.get("if-none-match") ?? "";
  if (asked.split(",").some((each) => each.trim().replace(/^W\//, "") === headers.ETag))
    return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(picture.bytes), { headers });
}
