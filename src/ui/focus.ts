/** Where the keyboard is: into what opens, and back to what opened it. */
import { useEffect, useState } from 'react'

const reachable = ':is(a[href], button, input, select, textarea, [tabindex="0"]):not(:disabled, [tabindex="-1"])'

/** What Tab reaches in a part, in its order. */
const stops = (part: HTMLElement): HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(reachable)].filter((one) => one.getClientRects().length > 0)

/** Takes the keyboard to the first stop of what has opened, unless somebody is in it already. */
export function enter(part: HTMLElement | null): void {
  if (part && !part.contains(document.activeElement)) stops(part)[0]?.focus()
}

/** Whether Tab, or Shift and Tab, would leave the part from where the keyboard is. */
export function leaves(part: HTMLElement, backwards: boolean): boolean {
  const all = stops(part)
  return document.activeElement === (backwards ? all[0] : all.at(-1))
}

/** For what is there as long as it is drawn: gives the focus back to what had it before. `leaving` is its selector. */
export function useWayBack(leaving: string): void {
  const [opener] = useState(() => document.activeElement as HTMLElement | null)
  useEffect(() => () => backTo(opener, leaving), [opener, leaving])
}

/** Gives the focus back to what opened something that goes away (`leaving`, a selector), unless it has found a better place meanwhile, such as the title of a new page. */
export function backTo(opener: HTMLElement | null, leaving: string): void {
  setTimeout(() => {
    const at = document.activeElement
    if (!at || at === document.body || at.closest(leaving)) opener?.focus()
  }, 50)
}
