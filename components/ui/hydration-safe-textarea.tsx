"use client";
// When React hydrates the page, it replaces a textarea's text with the server's text. It does not do this to an input.
// On a slow connection, this replacement would delete text that the user has already typed.
import { type TextareaHTMLAttributes, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";

type InputPreservingTextareaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "children"> & {
  id: string;
  defaultValue?: string;
};

export function HydrationSafeTextarea({ defaultValue = "", ...area }: InputPreservingTextareaProps) {
  const isHydrating = useSyncExternalStore(subscribeToNothing, isRenderedHere, isRenderedByServer);
  const [text] = useState(() => (isHydrating ? (findTyped(area.id) ?? defaultValue) : defaultValue));
  const element = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    // Sets the element's default value to the server's text. Scripts compare it with the current value to see if the
    // user has typed.
    if (element.current) element.current.defaultValue = defaultValue;
  }, [defaultValue]);
  return <textarea {...area} ref={element} defaultValue={text} suppressHydrationWarning />;
}

const subscribeToNothing = () => () => {};
const isRenderedHere = () => false;
const isRenderedByServer = () => true;

function findTyped(id: string): string | undefined {
  if (typeof document === "undefined") return undefined;
  const found = document.getElementById(id);
  return found instanceof HTMLTextAreaElement ? found.value : undefined;
}
