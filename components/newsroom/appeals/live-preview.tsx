"use client";
// Shows a preview of the appeal. A script stores the unsaved form after each change, so that the colleague can close
// the page without losing text. Without JavaScript, the preview shows the latest stored text.
import { useEffect, useRef } from "react";

const AFTER_MS = 500;

/** `saveUrl`: the URL to which the script sends the unsaved form. */
type LivePreviewProps = { title: string; src: string; saveUrl: string; width: number; height: number };

export function LivePreview({ title, src, saveUrl, width, height }: LivePreviewProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>("[data-appeal-part]");
    if (!form) return;
    return watchForm(form, { save: saveUrl, onKept: () => frame.current?.contentWindow?.location.reload() });
  }, [saveUrl]);
  return <iframe ref={frame} title={title} src={src} width={width} height={height} />;
}

/**
 * Sends the form's text to the server whenever it changes. Sends one request at a time, so that an older text never
 * arrives after a newer one. Returns a function that stops watching the form.
 */
function watchForm(form: HTMLFormElement, { save, onKept }: { save: string; onKept: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keeping: Promise<void> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_MS);
  };
  const keep = () => {
    if (keeping) return wait();
    keeping = send(form, save)
      .then((isKept) => {
        if (isKept) onKept();
      })
      .finally(() => {
        keeping = undefined;
      });
  };
  const onSubmit = (event: SubmitEvent) => {
    clearTimeout(timer);
    if (!keeping) return;
    event.preventDefault();
    void keeping.then(() => form.requestSubmit(event.submitter));
  };
  form.addEventListener("input", wait);
  form.addEventListener("submit", onSubmit);
  // On a slow connection, the editor may already have typed before this script runs.
  if (hasChanges(form)) wait();
  return () => {
    clearTimeout(timer);
    form.removeEventListener("input", wait);
    form.removeEventListener("submit", onSubmit);
  };
}

function hasChanges(form: HTMLFormElement): boolean {
  return [...form.elements].some((control) => {
    if (control instanceof HTMLInputElement)
      return control.value !== control.defaultValue || control.checked !== control.defaultChecked;
    if (control instanceof HTMLSelectElement)
      return [...control.options].some((it) => it.selected !== it.defaultSelected);
    return control instanceof HTMLTextAreaElement && control.value !== control.defaultValue;
  });
}

async function send(form: HTMLFormElement, save: string): Promise<boolean> {
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  body.set("do", "keep");
  const answer = await fetch(save, { method: "POST", body, redirect: "manual" }).catch(() => null);
  return answer?.ok === true;
}
