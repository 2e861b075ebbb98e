"use client";
// The page for an error of ours. It is the same for every error, and shows nothing of it.
import { useFailureWords } from "@/components/site/failure-words";
import { PlainPage } from "@/components/site/plain-page";

export default function Failure({ retry }: { retry: () => void }) {
  const words = useFailureWords();
  return (
    <PlainPage title={words.title}>
      <p>{words.text}</p>
      <p>
        <button type="button" className="button" onClick={() => retry()}>
          {words.again}
        </button>
      </p>
    </PlainPage>
  );
}
