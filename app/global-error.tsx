"use client";
// The error page for a failure of the layout itself. It imports as little as possible, because an import may be what failed.
import words from "@/content/messages/en/site.json";
import "@/components/style/site.css";

export default function GlobalFailure({ retry }: { retry: () => void }) {
  return (
    <html lang="en" dir="ltr">
      <head>
        <title>{words["error.failed-title"]}</title>
      </head>
      <body>
        <main className="plain-page">
          <h1>{words["error.failed-title"]}</h1>
          <p>{words["error.failed-text"]}</p>
          <p>
            <button type="button" className="button" onClick={() => retry()}>
              {words["error.again"]}
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
