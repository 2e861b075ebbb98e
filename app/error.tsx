"use client";
import { useErrorPageText } from "@/components/site/error-page-text";
import { PlainPage } from "@/components/site/plain-page";

export default function ErrorPage({ retry }: { retry: () => void }) {
  const words = useErrorPageText();
  return (
    <PlainPage title={words.title}>
      <p>{words.text}</p>
      <p>
        <button type="button" className="button" onClick={() => retry()}>
          {words.retryLabel}
        </button>
      </p>
    </PlainPage>
  );
}
