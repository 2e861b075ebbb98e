"use client";
// The preview beside a form. While a colleague types, the form is kept every half second as it is typed, and the preview drawn again; the
// page can be closed without loss. Without a script the preview shows what was kept last.
import { useEffect, useRef } from "react";

const AFTER_MS = 500;

/** `save`: where the page's one form is kept. `title`: of the frame, for screen readers. */
type LivePreviewProps = { title: string; src: string; save: string; width: number; height: number };

export function LivePreview({ title, src, save, width, height }: LivePreviewProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>("[data-appeal-part]");
    if (!form) return;
    return watchForm(form, { save, onKept: () => frame.current?.contentWindow?.location.reload() });
  }, [save]);
  return <iframe ref={frame} title={title} src={src} width={width} height={height} />;
}

/** Returns the function that stops watching. */
function watchForm(form: HTMLFormElement, { save, onKept }: { save: string; onKept: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = async () => {
    const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    fields.set("do", "keep");
    const answer = await fetch(save, { method: "POST", body: fields, redirect: "manual" }).catch(() => null);
    if (answer?.ok) onKept();
  };
  const onInput = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_MS);
  };
  // A form that is being sent must not be kept again after its answer.
  const onSubmit = () => clearTimeout(timer);
  form.addEventListener("input", onInput);
  form.addEventListener("submit", onSubmit);
  return () => {
    clearTimeout(timer);
    form.removeEventListener("input", onInput);
    form.removeEventListener("submit", onSubmit);
  };
}
